import assert from "node:assert/strict";
import { escalationPaths } from "../access/escalation.ts";
import type { Principal } from "../access/model.ts";
import { AUTOMATION, group, host, identity, modelOf, permission, role } from "./access-escalation-models.ts";

const RULES_TENANT = "RoleManagement.ReadWrite.Directory";
const system = (name: string): Principal => ({ key: name, kind: "system-assigned", name });
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

describe("escalation paths of large stacks", function () {
    this.timeout(60_000);

    it("are found of one that holds a role on each of thousands of places", () => {
        const places = numbers(3000).map(at => group(`rg-${at}`));
        const model = modelOf({
            principals: [identity("id"), ...places.map(({ name = "" }) => system(name))],
            hosts: places.map(place => host(place.name ?? "", AUTOMATION, place)),
            rights: [...places.map(place => role("id", "Contributor", place)), permission("rg-2999", RULES_TENANT)],
        });
        assert.deepEqual(
            escalationPaths(model).map(({ from, to }) => [from, to]),
            [["id", `rg-2999 ${RULES_TENANT}`]],
        );
    });

    it("of which there are more than can be proven are cut by the rights that most of them take", () => {
        const names = numbers(600).map(at => `id-${at}`);
        const strong = ["x", "y", "z"];
        const model = modelOf({
            principals: [...names.map(name => identity(name)), ...strong.map(system)],
            hosts: strong.map(name => host(name, AUTOMATION, group(`rg-${name}`))),
            rights: [
                ...names.map((name, at) => role(name, "Automation Contributor", group(`rg-${strong[at % 3] ?? ""}`))),
                ...strong.map(name => permission(name, RULES_TENANT)),
            ],
        });
        const paths = escalationPaths(model);
        assert.equal(paths.length, 600);
        assert.deepEqual(
            [...new Set(paths.map(({ cut }) => cut))].sort(),
            strong.map(name => `${name} ${RULES_TENANT}`),
        );
    });
});
