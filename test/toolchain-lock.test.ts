import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withLock } from "../toolchain/lock.ts";

const DEAD_PID = 4_194_303;

let folder: string;
let lock: string;

describe("toolchain: a lock", () => {
    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "leastwise-lock-"));
        lock = join(folder, "a", "lock");
    });
    afterEach(() => rm(folder, { recursive: true }));

    it("lets one task in at a time", async () => {
        let inside = 0;
        const task = async (): Promise<void> => {
            inside += 1;
            assert.equal(inside, 1);
            await sleep(30);
            inside -= 1;
        };
        await Promise.all([1, 2, 3].map(() => withLock(lock, task)));
        assert.equal(existsSync(lock), false);
    });

    it("is released when the task fails", async () => {
        await assert.rejects(
            withLock(lock, () => Promise.reject(new Error("broken"))),
            /broken/,
        );
        assert.equal(await withLock(lock, () => Promise.resolve("in")), "in");
    });

    it("is taken over from an owner that died", async () => {
        await writeFile(join(folder, "lock"), String(DEAD_PID));
        assert.equal(await withLock(join(folder, "lock"), () => Promise.resolve("in")), "in");
    });

    it("is taken over from an owner that was silent for more than a minute", async () => {
        const path = join(folder, "lock");
        await writeFile(path, String(process.ppid));
        const before = new Date(Date.now() - 61_000);
        await utimes(path, before, before);
        assert.equal(await withLock(path, () => Promise.resolve("in")), "in");
    });

    it("names its owner to whom it keeps out", async () => {
        const path = join(folder, "lock");
        await writeFile(path, String(process.ppid));
        const onTaken = (pid: number): void => {
            throw new Error(`taken by ${pid}`);
        };
        await assert.rejects(
            withLock(path, () => Promise.resolve(), { onTaken }),
            {
                message: `taken by ${process.ppid}`,
            },
        );
        assert.equal(existsSync(path), true);
    });
});
