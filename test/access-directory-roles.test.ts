import assert from "node:assert/strict";
import { directoryRoles, findDirectoryRole } from "../access/directory-roles.ts";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("the roles of the directory", () => {
    it("have unique template ids and names", () => {
        const all = directoryRoles();
        assert.ok(all.length > 100);
        assert.ok(all.every(({ id }) => GUID.test(id)));
        for (const key of ["id", "name"] as const) assert.equal(new Set(all.map(role => role[key])).size, all.length);
    });

    it("are found by name in any case and by template id", () => {
        const { id } = findDirectoryRole("global administrator");
        assert.equal(id, "62e90394-69f5-4237-9190-012177145e10");
        assert.equal(findDirectoryRole(id.toUpperCase()).name, "Global Administrator");
    });

    it("tell which actions of the control plane they allow", () => {
        const actions = (name: string): readonly string[] => findDirectoryRole(name).controlPlane;
        assert.ok(actions("Application Administrator").includes("microsoft.directory/applications/credentials/update"));
        assert.ok(
            actions("Privileged Role Administrator").includes(
                "microsoft.directory/roleAssignments/allProperties/allTasks",
            ),
        );
        assert.deepEqual(actions("Reports Reader"), []);
        assert.deepEqual(
            [findDirectoryRole("Application Administrator").tier, findDirectoryRole("Reports Reader").tier],
            [0, 1],
        );
    });

    it("say which name is nearest to a misspelled one", () => {
        assert.throws(() => findDirectoryRole("Global Administratr"), {
            message: "unknown directory role 'Global Administratr'; did you mean 'Global Administrator'?",
        });
    });
});
