import assert from "node:assert/strict";
import * as fc from "fast-check";
import { rolesUnder } from "../access/condition-roles.ts";
import { assignableRoles, delegatingRoles, isDelegation } from "../access/delegation.ts";
import { holds, type RoleSet } from "../access/role-set.ts";
import { findRole, roles } from "../access/roles.ts";

const WRITE = "Microsoft.Authorization/roleAssignments/write";
const DELETE = "Microsoft.Authorization/roleAssignments/delete";
const [A, B, C] = ["a", "b", "c"].map(letter => `${letter.repeat(8)}-0000-4000-8000-${letter.repeat(12)}`) as [
    string,
    string,
    string,
];
const role = (operator: string, ...guids: readonly string[]): string =>
    `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ${operator} {${guids.join(", ")}}`;
const equal = (...guids: readonly string[]): string => role("ForAnyOfAnyValues:GuidEquals", ...guids);
const differs = (...guids: readonly string[]): string => role("ForAnyOfAllValues:GuidNotEquals", ...guids);
const SERVICE =
    "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'";
const exempt = (action: string): string => `!(ActionMatches{'${action}'})`;

/** Which of A, B and C a set holds. */
const of = (set: RoleSet): string => [A, B, C].map((guid, at) => (holds(set, guid) ? "ABC".charAt(at) : "")).join("");

describe("a condition of a role assignment", () => {
    const CASES: readonly (readonly [fact: string, condition: string, roles: string])[] = [
        ["limits to the roles it names", equal(A), "A"],
        ["limits to all but the roles it names", differs(A, B), "C"],
        ["takes GUIDs in any form", equal(A.replaceAll("-", "").toUpperCase()), "A"],
        ["counts for other actions alone where it exempts this one", `(${exempt(WRITE)}) OR (${equal(A)})`, "A"],
        ["leaves this action free where it is about another", `(${exempt(DELETE)}) OR (${equal(A)})`, "ABC"],
        ["reads a pattern of actions", `(!(ActionMatches{'Microsoft.Authorization/*'})) OR (${equal(B)})`, "B"],
        ["limits by one of two parts that must both hold", `${SERVICE} AND ${equal(A, B)}`, "AB"],
        ["adds up parts of which one must hold", `${equal(A)} || ${equal(C)}`, "AC"],
        ["binds && tighter than ||", `${equal(A)} || ${equal(B)} && ${equal(C)}`, "A"],
        ["does not limit roles where it is about principals", SERVICE, "ABC"],
        ["does not limit roles where a part about principals is enough", `${SERVICE} OR ${equal(A)}`, "ABC"],
        ["turns a comparison of roles round", `NOT (${equal(A)})`, "BC"],
        ["does not turn round what it reads in part", `!(${SERVICE} AND ${equal(A)})`, "ABC"],
        ["differs from any of two is always so", role("ForAnyOfAnyValues:GuidNotEquals", A, B), "ABC"],
        ["does not limit where it cannot be read", `(${equal(A)}`, "ABC"],
        ["does not limit where it is empty", "", "ABC"],
        ["does not limit by a role attribute of something else", equal(A).replace("roleAssignments", "x"), "ABC"],
    ];
    for (const [fact, condition, expected] of CASES)
        it(fact, () => assert.equal(of(rolesUnder(condition, WRITE)), expected));

    it("is read as logic has it, however it is put together", () => {
        type Tree = { text: string; holds: (guid: string) => boolean };
        const leaf = fc.subarray([A, B, C], { minLength: 1 }).map((guids): Tree => ({
            text: equal(...guids),
            holds: guid => guids.includes(guid),
        }));
        const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
            tree: fc.oneof(
                { maxDepth: 5 },
                leaf,
                fc.tuple(tie("tree"), tie("tree")).map(([a, b]): Tree => ({
                    text: `(${a.text}) AND (${b.text})`,
                    holds: guid => a.holds(guid) && b.holds(guid),
                })),
                fc.tuple(tie("tree"), tie("tree")).map(([a, b]): Tree => ({
                    text: `(${a.text}) || (${b.text})`,
                    holds: guid => a.holds(guid) || b.holds(guid),
                })),
                tie("tree").map((a): Tree => ({ text: `!(${a.text})`, holds: guid => !a.holds(guid) })),
            ),
        }));
        fc.assert(
            fc.property(tree, ({ text, holds: expected }) => {
                for (const guid of [A, B, C]) assert.equal(holds(rolesUnder(text, WRITE), guid), expected(guid), text);
            }),
        );
    });

    it("never fails, and never narrows, on text that is none", () => {
        fc.assert(fc.property(fc.string(), text => assert.equal(of(rolesUnder(text, WRITE)), "ABC")));
    });
});

describe("the roles that a role can assign", () => {
    it("are all for three built-in roles", () => {
        const names = delegatingRoles().map(({ name }) => name);
        assert.deepEqual(names, ["Owner", "Role Based Access Control Administrator", "User Access Administrator"]);
        for (const name of names) assert.deepEqual(assignableRoles(findRole(name)), { allBut: new Set() });
    });

    it("are those its own condition names", () => {
        const vaults = assignableRoles(findRole("Key Vault Data Access Administrator"));
        assert.ok(holds(vaults, findRole("Key Vault Secrets User").id) && !holds(vaults, findRole("Owner").id));
    });

    it("are those that both its own condition and that of the assignment name", () => {
        const { id } = findRole("Key Vault Secrets User");
        const found = assignableRoles(findRole("Key Vault Data Access Administrator"), equal(id, A));
        assert.deepEqual(found, { only: new Set([id]) });
    });

    it("are bounded for every other built-in role that can assign some", () => {
        const bounded = roles().filter(each => isDelegation(each) && !delegatingRoles().includes(each));
        assert.ok(bounded.length > 15);
        for (const each of bounded) assert.ok("only" in assignableRoles(each), each.name);
    });

    it("are none for a role that assigns none", () => {
        assert.deepEqual(assignableRoles(findRole("Reader")), { only: new Set() });
    });
});
