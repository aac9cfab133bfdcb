import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BuiltPack } from "./pack-run.ts";
import { PolicyCloud } from "./policy-cloud.ts";
import { type CliRun, PulumiCli } from "./pulumi-cli.ts";

const require = createRequire(import.meta.url);

/** The policy pack as it is now, published by the CLI to a Pulumi Cloud of its own. */
export class PublishedPack {
    readonly pack = new BuiltPack();
    readonly cloud = new PolicyCloud();
    readonly folder = mkdtempSync(join(tmpdir(), "leastwise-published-"));
    readonly #cli = new PulumiCli();

    async open(): Promise<CliRun> {
        await Promise.all([this.pack.build(), this.cloud.open()]);
        return this.pulumi(this.pack.folder, "policy", "publish", "contoso");
    }

    /** A command of the CLI, by somebody who is signed in. */
    pulumi(place: string, ...args: string[]): Promise<CliRun> {
        return this.#cli.run(place, args, this.env);
    }

    /** What signs in to the cloud. */
    get env(): Readonly<Record<string, string>> {
        return { PULUMI_BACKEND_URL: this.cloud.url, PULUMI_ACCESS_TOKEN: "of-nobody" };
    }

    /** Puts what was uploaded in a place, unpacked as the engine unpacks it, with the SDKs that it asks npm for. */
    install(place: string): void {
        mkdirSync(place, { recursive: true });
        const tarball = join(this.folder, "pack.tgz");
        writeFileSync(tarball, this.cloud.tarball ?? "");
        execFileSync("tar", ["xzf", tarball, "-C", place, "--strip-components", "1"]);
        const { dependencies } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as {
            dependencies: Record<string, string>;
        };
        mkdirSync(join(place, "node_modules", "@pulumi"), { recursive: true });
        for (const name of Object.keys(dependencies))
            symlinkSync(dirname(require.resolve(`${name}/package.json`)), join(place, "node_modules", name));
    }

    async close(): Promise<void> {
        await this.cloud.close();
        this.#cli.close();
        this.pack.close();
        rmSync(this.folder, { recursive: true });
    }
}
