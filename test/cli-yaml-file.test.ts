import assert from "node:assert/strict";
import { parseYaml } from "../cli/yaml-file.ts";

const withAliases = (count: number): string =>
    `config:\n  shared: &shared { team: platform }\n${Array.from({ length: count }, (_, n) => `  a${String(n)}: *shared\n`).join("")}`;

describe("cli: a YAML file", () => {
    it("may repeat what it has said a hundred times", () => {
        const { config } = parseYaml("Pulumi.dev.yaml", withAliases(100)) as { config: Record<string, unknown> };
        assert.deepEqual(config["a99"], { team: "platform" });
    });

    it("is refused by name for the hundred and first alias", () => {
        assert.throws(() => parseYaml("Pulumi.dev.yaml", withAliases(101)), {
            message:
                "Pulumi.dev.yaml: got more than 100 YAML aliases ('*name'); expected at most 100: write out what they stand for",
        });
    });

    it("is refused by name and line for what is no YAML", () => {
        assert.throws(() => parseYaml("Pulumi.dev.yaml", 'config:\n  a: "b\n'), /^Error: Pulumi\.dev\.yaml: .*line 3/);
    });

    it("is refused for an alias of nothing", () => {
        assert.throws(() => parseYaml("Pulumi.dev.yaml", "config: *nothing\n"), /^Error: Pulumi\.dev\.yaml: .*nothing/);
    });
});
