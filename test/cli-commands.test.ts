import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Check } from "../cli/doctor.ts";

const LAUNCHER = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));

let folder: string;

const run = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [LAUNCHER, ...args], {
        cwd: folder,
        encoding: "utf8",
        env: { ...env, PULUMI_HOME: join(folder, ".pulumi") },
    });

const project = (files: Readonly<Record<string, string>> = {}): void => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: mine\nruntime: nodejs\n");
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
};

/** A machine with no engine, an old Go and an empty home. */
const bareMachine = (): NodeJS.ProcessEnv => {
    const go = join(folder, "bin", "go");
    writeFileSync(go, "#!/bin/sh\necho go version go1.19.8 linux/amd64\n");
    chmodSync(go, 0o755);
    return { PATH: join(folder, "bin"), HOME: folder };
};

describe("cli: commands", () => {
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-cli-"));
        mkdirSync(join(folder, "bin"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it("help names every command and creates nothing", () => {
        const { stdout, status } = run(["--help"]);
        const names = [...stdout.matchAll(/^ {2}(\w+) .*$/gm)].map(match => match[1]);
        const all =
            "start up preview refresh destroy sandbox check review grants diff explain scan doctor version help".split(
                " ",
            );
        assert.deepEqual([names, status], [all, 0]);
        assert.equal(existsSync(join(folder, ".leastwise")), false);
    });

    for (const [args, hint] of [
        [["doctr"], "(Did you mean doctor?)"],
        [["start", "--destory"], "(Did you mean --destroy?)"],
        [["up", "--stak", "x"], "(Did you mean --stack?)"],
    ] as const) {
        it(`'${args.join(" ")}' is refused with the nearest match`, () => {
            const { stderr, status } = run(args);
            assert.equal(stderr.split("\n")[1], hint);
            assert.equal(status, 1);
        });
    }

    it("an option's value is checked before anything starts", () => {
        assert.match(
            run(["up", "-s", "x", "--parallel", "0"]).stderr,
            /'0' is invalid\. expected a whole number from 1/,
        );
        assert.match(
            run(["sandbox", "--port", "99999"]).stderr,
            /'99999' is invalid\. expected a port from 0 to 65535/,
        );
    });

    it("a stack without configuration is refused with the nearest one's name, before anything is made", () => {
        project({ "Pulumi.staging.yaml": "config: {}\n" });
        const { stderr, status } = run(["up", "--sandbox", "--stack", "stagin"]);
        assert.equal(
            stderr,
            `leastwise: no configuration of a stack 'stagin' in ${folder}: Pulumi.stagin.yaml not found; did you mean 'staging'?\n`,
        );
        assert.equal(status, 1);
    });

    it("a stack need not be named when there is one, and must be when there are two", function () {
        this.timeout(60_000);
        const config =
            "config: { azure-native:location: westeurope, leastwise:workloads: { a: { identity: user-assigned } } }\n";
        project({ "Pulumi.a.yaml": config, "Pulumi.b.yaml": config });
        const { stderr } = run(["up", "--sandbox"]);
        assert.equal(stderr, "leastwise: no stack is named; say which with --stack; there are: a, b\n");
        rmSync(join(folder, "Pulumi.b.yaml"));
        assert.equal(run(["preview", "--sandbox"]).status, 0);
    });

    it("a project without a name is refused", () => {
        writeFileSync(join(folder, "Pulumi.yaml"), "runtime: nodejs\n");
        const { stderr } = run(["start"]);
        assert.equal(stderr, `leastwise: ${join(folder, "Pulumi.yaml")}: no 'name' found; expected a project name\n`);
    });

    it("a secret of another stack is refused by its key, and not read as text", () => {
        project({ "Pulumi.dev.yaml": "encryptionsalt: v1:x\nconfig:\n  mine:password:\n    secure: v1:abc\n" });
        const { stderr } = run(["up", "--sandbox", "--stack", "dev"]);
        assert.match(stderr, /^leastwise: .*Pulumi\.dev\.yaml: 'mine:password' is encrypted for another stack/);
    });

    it("real Azure is not destroyed unless someone says yes", () => {
        project({ "Pulumi.dev.yaml": "config: {}\n" });
        const env = { ...process.env, PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: "x" };
        const { stderr, status } = run(["destroy", "--stack", "dev"], env);
        assert.match(stderr, /Delete everything that stack 'dev' has made\? Nobody is there to answer; say --yes/);
        assert.equal(status, 1);
    }).timeout(60_000);

    it("doctor ends with 1 and says what to do when the engine is neither there nor to be made", () => {
        const { stdout, status } = run(["doctor", "--json"], bareMachine());
        const checks = JSON.parse(stdout) as Check[];
        const engine = checks.find(({ name }) => name === "Pulumi engine");
        assert.equal(engine?.status, "missing");
        assert.match(
            engine?.detail ?? "",
            /put pulumi \d+\.\d+\.\d+ on PATH, or allow access to .*, or install Go 1\.26/,
        );
        assert.equal(status, 1);
    });

    it("doctor ends with 0 and names the engine where there is one, and makes nothing", () => {
        const { stdout, status } = run(["doctor", "--json"]);
        const checks = JSON.parse(stdout) as Check[];
        assert.deepEqual(
            checks.filter(({ status }) => status === "missing"),
            [],
        );
        assert.match(checks.find(({ name }) => name === "Pulumi engine")?.detail ?? "", /^3\.\d+\.\d+ at \//);
        assert.equal(status, 0);
        assert.equal(existsSync(join(folder, ".leastwise")), false);
    });

    it("doctor for people marks each line in words too, not by colour alone", () => {
        const lines = run(["doctor"], bareMachine()).stdout.trim().split("\n");
        for (const line of lines) assert.match(line, /^(✓ [^ ]|– .* absent: |✗ .* missing: )/);
    });
});
