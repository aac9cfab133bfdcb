import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Rule } from "../policy-pack/rule.ts";
import { azureGrantRedundant } from "../policy-pack/rules/azure-grant-redundant.ts";
import { azureRoleLargerThanActions } from "../policy-pack/rules/azure-role-larger-than-actions.ts";
import { graphPermissionMissing } from "../policy-pack/rules/graph-permission-missing.ts";
import { graphPermissionRedundant } from "../policy-pack/rules/graph-permission-redundant.ts";
import { graphPermissionUnneeded } from "../policy-pack/rules/graph-permission-unneeded.ts";
import { graphWriteWhereRead } from "../policy-pack/rules/graph-write-where-read.ts";
import { ACCOUNT, IDENTITY, permission, role, runbook } from "./policy-grants.ts";
import { type Declared, GROUP, GROUP_SCOPE, stackFindings, SUBSCRIPTION_SCOPE, UNKNOWN } from "./policy-support.ts";

const PERMISSIONS = [
    "User.Read.All",
    "User.ReadWrite.All",
    "Group.Read.All",
    "Mail.Send",
    "Directory.Read.All",
    UNKNOWN,
];
const CALLS = ["GET /users", "GET /groups", "PATCH /users/{id}", "POST /users/{id}/sendMail", "GET /print/printers"];
const ROLES = ["Reader", "Contributor", "Storage Blob Data Reader", "Storage Blob Data Owner", UNKNOWN];
const TEXTS = ["Connect-MgGraph -Identity\nGet-MgUser -All", "Get-MgGroup\nSync-Others", "{ broken", UNKNOWN];

const holder = fc.constantFrom(IDENTITY, ACCOUNT);
const grant = fc.oneof(
    fc.tuple(fc.constantFrom(...PERMISSIONS), holder).map(([name, to]) => permission("grant", name, to)),
    fc
        .tuple(
            fc.constantFrom(...ROLES),
            holder,
            fc.constantFrom<string | Declared>(GROUP, GROUP_SCOPE, SUBSCRIPTION_SCOPE),
        )
        .map(([name, to, scope]) => role("grant", name, to, scope)),
);
const stack = fc
    .tuple(fc.array(grant, { maxLength: 6 }), fc.array(fc.constantFrom(...TEXTS), { maxLength: 2 }))
    .map(([grants, texts]): readonly Declared[] => [
        GROUP,
        IDENTITY,
        ACCOUNT,
        ...texts.flatMap((text, at) => runbook(`runbook-${at}`, text)),
        ...grants.map((each, at) => ({ ...each, name: `grant-${at}` })),
    ]);
const calls = fc.subarray(CALLS).map(list => ({ calls: { job: list } }));

const RULES: readonly (readonly [Rule, boolean])[] = [
    [azureGrantRedundant, false],
    [azureRoleLargerThanActions, false],
    [graphPermissionMissing, true],
    [graphPermissionRedundant, false],
    [graphPermissionUnneeded, true],
    [graphWriteWhereRead, true],
];

describe("the rules on what one identity holds", function () {
    this.timeout(120_000);

    it("fail on no stack, and find the same in any order of its resources", () => {
        fc.assert(
            fc.property(stack, calls, (resources, config) => {
                for (const [rule, takesCalls] of RULES) {
                    const found = stackFindings(rule, resources, takesCalls ? config : {});
                    assert.deepEqual(
                        found.filter(message => message.includes("the rule failed")),
                        [],
                    );
                    assert.deepEqual(stackFindings(rule, resources.toReversed(), takesCalls ? config : {}), found);
                }
            }),
            { numRuns: 60 },
        );
    });

    it("call no permission unneeded without which one would be missing", () => {
        fc.assert(
            fc.property(stack, calls, (resources, config) => {
                const useless = stackFindings(graphPermissionUnneeded, resources, config)
                    .filter(message => message.includes("serves no call"))
                    .map(message => message.split(":")[0]);
                const rest = resources.filter(({ name }) => !useless.includes(name));
                const holds = rest.some(({ type }) => type.startsWith("azuread"));
                const missing = stackFindings(graphPermissionMissing, resources, config);
                if (holds && rest.some(({ links }) => links?.["principalObjectId"]?.includes(IDENTITY)))
                    assert.deepEqual(
                        stackFindings(graphPermissionMissing, rest, config).filter(message =>
                            message.startsWith("job"),
                        ),
                        missing.filter(message => message.startsWith("job")),
                    );
            }),
            { numRuns: 100 },
        );
    });

    it("find the permission that is not known of an identity whose calls are", () => {
        fc.assert(
            fc.property(stack, calls, (resources, config) => {
                const hidden = permission("hidden", UNKNOWN, IDENTITY);
                for (const rule of [graphPermissionUnneeded, graphWriteWhereRead])
                    assert.ok(
                        stackFindings(rule, [...resources, hidden], config).some(each =>
                            each.startsWith("hidden: cannot judge"),
                        ),
                    );
            }),
            { numRuns: 40 },
        );
    });
});
