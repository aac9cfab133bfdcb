import assert from "node:assert/strict";
import { parseCall } from "../access/calls.ts";
import { reachOf } from "../access/graph-reach.ts";
import { permissionNamed } from "../access/graph-sets.ts";
import { judgeGraph } from "../access/judge-graph.ts";
import { solveGraph } from "../access/graph-solver.ts";
import { allCalls, randomFrom, sample } from "./graph-support.ts";

const judge = (granted: readonly string[], ...texts: string[]): ReturnType<typeof judgeGraph> =>
    judgeGraph(granted, texts.map(parseCall));

const reach = (name: string): number => reachOf([permissionNamed(name)?.number ?? -1]);

const FINE = { missing: [], unneeded: [], redundant: [], replaceable: [], unmatched: [] };

describe("judgeGraph", () => {
    it("finds nothing wrong with what the solver answers", () => {
        const calls = allCalls();
        const random = randomFrom(21);
        for (let run = 0; run < 100; run++) {
            const asked = sample(calls, 1 + random(12), random);
            assert.deepEqual(
                judgeGraph(
                    solveGraph(asked).permissions.map(({ name }) => name),
                    asked,
                ),
                FINE,
            );
        }
    });

    it("says what is missing for which calls, given what is granted", () => {
        assert.deepEqual(judge(["User.Read.All"], "GET /users", "GET /auditLogs/signIns"), {
            ...FINE,
            missing: [{ permission: "AuditLog.Read.All", calls: ["GET /auditLogs/signIns"] }],
            replaceable: [
                {
                    permission: "User.Read.All",
                    by: ["User.ReadBasic.All"],
                    saves: reach("User.Read.All") - reach("User.ReadBasic.All"),
                },
            ],
        });
    });

    it("says the same is missing whatever else is granted", () => {
        const calls = ["GET /groups", "PATCH /users/{id}"];
        for (const more of [[], ["User.Read.All"], ["Mail.Send"]])
            assert.deepEqual(judge(["Directory.Read.All", ...more], ...calls).missing, [
                { permission: "User.ReadWrite.All", calls: ["PATCH /users/{id}"] },
            ]);
    });

    it("says which half of a pair is missing", () => {
        const { missing } = judge(["Application.Read.All"], "POST /servicePrincipals/{id}/appRoleAssignedTo");
        assert.deepEqual(missing, [
            {
                permission: "AppRoleAssignment.ReadWrite.All",
                calls: ["POST /servicePrincipals/{id}/appRoleAssignedTo"],
            },
        ]);
    });

    it("says what is of no use to any call", () => {
        assert.deepEqual(judge(["Mail.Send", "Reports.Read.All"], "POST /users/{id}/sendMail"), {
            ...FINE,
            unneeded: ["Reports.Read.All"],
        });
    });

    it("says what another grant covers", () => {
        const { redundant, replaceable } = judge(
            ["User.Read.All", "User.ReadBasic.All"],
            "GET /users",
            "GET /users/{id}/manager",
        );
        assert.deepEqual(redundant, [{ permission: "User.ReadBasic.All", coveredBy: ["User.Read.All"] }]);
        assert.deepEqual(replaceable, []);
    });

    it("says what would open less, and by how much", () => {
        const { replaceable } = judge(["Sites.ReadWrite.All"], "GET /sites/{id}/lists");
        assert.deepEqual(
            replaceable.map(({ permission, by }) => [permission, by]),
            [["Sites.ReadWrite.All", ["Sites.Read.All"]]],
        );
        assert.ok((replaceable[0]?.saves ?? 0) > 0);
    });

    it("reports calls that nothing allows, and refuses names that are no permission", () => {
        assert.deepEqual(
            judge([], "GET /me").unmatched.map(({ call }) => call),
            ["GET /me"],
        );
        assert.throws(() => judge(["User.Reed.All"]), {
            message: "unknown permission 'User.Reed.All' on Microsoft Graph; did you mean 'User.Read.All'?",
        });
    });
});
