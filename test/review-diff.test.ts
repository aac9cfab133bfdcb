import assert from "node:assert/strict";
import fc from "fast-check";
import { diffAccess } from "../access/diff.ts";
import type { AccessDiff } from "../access/diff.ts";
import type { AccessModel, Principal, Right, RoleRight } from "../access/model.ts";
import { anyModel, people } from "./review-arbitraries.ts";
import { identity, model, permission, role, SUBSCRIPTION, UNKNOWN } from "./review-models.ts";

const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-a`;
const VM = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-a`;
const app = identity("app");

const told = (diff: AccessDiff): string[] =>
    diff.rights.map(({ change, before, after }) =>
        [
            change,
            ...[before, after].map(right => (right === undefined ? "-" : (right.key.split("::").at(-1) ?? ""))),
        ].join(" "),
    );

const from = (before: readonly Right[], after: readonly Right[]): string[] =>
    told(diffAccess(model([app], before), model([app], after)));

describe("comparing what two models give", () => {
    it("tells nothing of two equal models", () => {
        const rights = [permission(app, "User.Read.All"), role(app, "Reader", GROUP)];
        const diff = diffAccess(model([app], rights), model([app], rights));
        assert.deepEqual([diff.rights, diff.unchanged.length], [[], 2]);
    });

    it("tells what was added and removed", () => {
        assert.deepEqual(from([permission(app, "Mail.Read")], [role(app, "Reader", GROUP)]), [
            "added - app-reader",
            "removed app-Mail.Read -",
        ]);
    });

    it("takes a resource of another name that gives the same for unchanged", () => {
        assert.deepEqual(
            from([role(app, "Reader", GROUP, { resource: "old" })], [role(app, "Reader", GROUP, { resource: "new" })]),
            [],
        );
    });

    const exchanges: readonly (readonly [string, Right, Right, readonly string[]])[] = [
        [
            "a scope raised from a group to the subscription as widened",
            role(app, "Reader", GROUP),
            role(app, "Reader", SUBSCRIPTION),
            ["widened app-reader app-reader"],
        ],
        [
            "a scope raised to a management group as widened, as that may hold it",
            role(app, "Reader", GROUP),
            role(app, "Reader", "/providers/Microsoft.Management/managementGroups/all"),
            ["widened app-reader app-reader"],
        ],
        [
            "a scope lowered to one resource as narrowed, also under another name",
            role(app, "Reader", GROUP, { resource: "a" }),
            role(app, "Reader", VM, { resource: "b" }),
            ["narrowed a b"],
        ],
        [
            "another group as one role gone and one come",
            role(app, "Reader", GROUP),
            role(app, "Reader", `${SUBSCRIPTION}/resourceGroups/rg-b`),
            ["added - app-reader", "removed app-reader -"],
        ],
        [
            "a role exchanged for one that allows all of it and more as widened",
            role(app, "Reader", GROUP),
            role(app, "Contributor", GROUP),
            ["widened app-reader app-contributor"],
        ],
        [
            "a larger role on a smaller scope as one gone and one come",
            role(app, "Reader", GROUP),
            role(app, "Contributor", VM),
            ["added - app-contributor", "removed app-reader -"],
        ],
        [
            "a permission exchanged for one that opens all its calls as widened",
            permission(app, "User.Read.All"),
            permission(app, "User.ReadWrite.All"),
            ["widened app-User.Read.All app-User.ReadWrite.All"],
        ],
        [
            "a permission that opens nothing by itself and another as one gone and one come",
            permission(app, "Sites.Selected"),
            permission(app, "User.Read.All"),
            ["removed app-Sites.Selected -", "added - app-User.Read.All"],
        ],
        [
            "a condition taken away as widened",
            role(app, "Owner", GROUP, { condition: "@Resource…" }),
            role(app, "Owner", GROUP),
            ["widened app-owner app-owner"],
        ],
        [
            "another condition as one role gone and one come",
            role(app, "Owner", GROUP, { condition: "a" }),
            role(app, "Owner", GROUP, { condition: "b" }),
            ["added - app-owner", "removed app-owner -"],
        ],
        [
            "an eligible role that is active at once as widened",
            role(app, "Reader", GROUP, { eligible: true }),
            role(app, "Reader", GROUP),
            ["widened app-reader app-reader"],
        ],
        [
            "a scope that the deployment decides as unknown",
            role(app, "Reader", GROUP),
            { ...role(app, "Reader", GROUP), scope: UNKNOWN },
            ["unknown app-reader app-reader"],
        ],
    ];
    for (const [fact, before, after, expected] of exchanges) {
        it(`tells ${fact}`, () => assert.deepEqual(from([before], [after]), expected));
    }

    it("tells a right whose holder only the deployment decides as unknown, not as taken from one and given to another", () => {
        const right = role(app, "Reader", GROUP);
        const unknown = { ...right, holder: `unknown:${right.key}` };
        assert.deepEqual(from([right], [unknown]), ["unknown app-reader app-reader"]);
        assert.deepEqual(from([unknown], [right]), ["unknown app-reader app-reader"]);
    });

    it("takes what cannot be decided for unchanged only where its resource is left alone and reads the same", () => {
        const right = { ...role(app, "Reader", GROUP), scope: UNKNOWN };
        const other = { ...right, condition: "x" };
        const among = (before: Right, after: Right, touched?: readonly string[]): string[] =>
            told(diffAccess(model([app], [before]), model([app], [after]), touched === undefined ? {} : { touched }));
        const unknown = ["unknown app-reader app-reader"];
        assert.deepEqual(among(right, right, []), []);
        assert.deepEqual(
            [among(right, right), among(right, right, [right.urn]), among(right, other, [])],
            [unknown, unknown, unknown],
        );
    });

    it("tells a custom role that gained an action as widened, also one that no table has", () => {
        const custom = (actions: readonly string[]): RoleRight => ({
            ...role(app, "Reader", GROUP),
            role: "operators",
            definition: {
                id: "33333333-3333-3333-3333-333333333333",
                name: "operators",
                tier: 1,
                permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
            },
        });
        const small = custom(["Microsoft.Compute/virtualMachines/read"]);
        for (const more of ["Microsoft.Compute/virtualMachines/write", "Contoso.Pay/invoices/write"]) {
            const large = custom(["Microsoft.Compute/virtualMachines/read", more]);
            assert.deepEqual(from([small], [large]), ["widened app-reader app-reader"]);
            assert.deepEqual(from([large], [small]), ["narrowed app-reader app-reader"]);
        }
    });

    it("tells that rights move where the identity is replaced under its own name", () => {
        const rights = [permission(app, "User.Read.All"), role(app, "Reader", GROUP)];
        const diff = diffAccess(model([app], rights), model([app], rights), { replaced: [app.key] });
        assert.deepEqual(told(diff), ["moved app-reader app-reader", "moved app-User.Read.All app-User.Read.All"]);
        assert.deepEqual(
            diff.identities.map(({ change }) => change),
            ["replaced"],
        );
    });

    it("tells that rights move where an identity of another name takes exactly the rights of one that is gone", () => {
        const next = identity("app-2");
        const diff = diffAccess(
            model([app], [role(app, "Reader", GROUP)]),
            model([next], [role(next, "Reader", GROUP)]),
        );
        assert.deepEqual(told(diff), ["moved app-reader app-2-reader"]);
        assert.equal(diff.identities[0]?.instead?.name, "app");
    });

    it("tells that a right widens while it moves", () => {
        const diff = diffAccess(
            model([app], [role(app, "Reader", GROUP)]),
            model([app], [role(app, "Reader", SUBSCRIPTION)]),
            {
                replaced: [app.key],
            },
        );
        assert.deepEqual(
            diff.rights.map(({ change, newIdentity }) => [change, newIdentity]),
            [["widened", true]],
        );
    });

    it("counts what an identity opens before and after, and its most dangerous tier", () => {
        const [kept] = diffAccess(
            model([app], [permission(app, "User.Read.All")]),
            model([app], [permission(app, "User.Read.All"), permission(app, "RoleManagement.ReadWrite.Directory")]),
        ).identities;
        assert.ok(kept !== undefined);
        assert.deepEqual([kept.before.rights, kept.after.rights, kept.after.tier], [1, 2, 0]);
        assert.ok(kept.after.calls > kept.before.calls && kept.before.calls > 0);
    });

    it("tells of sign-ins from outside and of attached identities", () => {
        const entry = {
            key: "e",
            urn: "e",
            principal: app.key,
            kind: "federated-credential",
            issuer: "https://a",
        } as const;
        const host = { key: "h", name: "job", place: { kind: "resource" }, identities: [app.key] } as const;
        const diff = diffAccess(
            model([app], [], { entries: [entry] }),
            model([app], [], { entries: [{ ...entry, issuer: "https://b" }], hosts: [host] }),
        );
        assert.deepEqual(
            [diff.entries.map(({ change }) => change), diff.attachments],
            [["changed"], [{ change: "added", host: "h", identity: app.key }]],
        );
    });
});

const content = (right: Right): string =>
    JSON.stringify([
        right.holder,
        right.kind === "role" ? [right.role, right.scope] : right.kind === "permission" ? right.permission : right.kind,
    ]);

describe("comparing any two models", () => {
    it("puts every right of either side in exactly one place", () => {
        fc.assert(
            fc.property(anyModel, anyModel, fc.subarray(people.map(({ key }) => key)), (before, after, replaced) => {
                const diff = diffAccess(before, after, { replaced });
                const keys = (rights: readonly (Right | undefined)[]) =>
                    rights.flatMap(right => right?.key ?? []).sort();
                const isAfter = keys([...diff.rights.map(change => change.after), ...diff.unchanged]);
                assert.deepEqual(isAfter, keys(after.rights));
                const gone = diff.rights.map(change => change.before);
                assert.equal(gone.filter(Boolean).length + diff.unchanged.length, before.rights.length);
            }),
        );
    });

    it("leaves nothing unchanged that the other side does not have", () => {
        fc.assert(
            fc.property(anyModel, anyModel, (before, after) => {
                const had = new Set(before.rights.map(content));
                for (const right of diffAccess(before, after).unchanged)
                    assert.ok(had.has(content(right)), content(right));
            }),
        );
    });

    it("tells the same whatever the order of rights and principals", () => {
        const shuffled = (given: AccessModel) =>
            fc
                .tuple(
                    fc.shuffledSubarray([...given.rights], { minLength: given.rights.length }),
                    fc.shuffledSubarray([...given.principals], { minLength: given.principals.length }),
                )
                .map(([rights, principals]) => model(principals, rights));
        const pair = fc
            .tuple(anyModel, anyModel)
            .chain(([before, after]) =>
                fc.tuple(fc.constant(before), fc.constant(after), shuffled(before), shuffled(after)),
            );
        fc.assert(
            fc.property(pair, ([before, after, otherBefore, otherAfter]) => {
                assert.deepEqual(diffAccess(otherBefore, otherAfter), diffAccess(before, after));
            }),
        );
    });

    it("tells the reverse of the way back", () => {
        const back: Readonly<Record<string, string>> = {
            added: "removed",
            removed: "added",
            widened: "narrowed",
            narrowed: "widened",
        };
        fc.assert(
            fc.property(anyModel, anyModel, (before, after) => {
                const kinds = (diff: AccessDiff) => diff.rights.map(({ change }) => change as string).sort();
                const there = kinds(diffAccess(before, after)).map(kind => back[kind] ?? kind);
                assert.deepEqual(kinds(diffAccess(after, before)), there.sort());
            }),
        );
    });
});

describe("comparing models in which every identity is another", () => {
    it("finds the successor of each by name or by rights, also where there are thousands", function () {
        this.timeout(10_000);
        const made = (suffix: string, count: number) =>
            Array.from({ length: count }, (_, at) => ({
                ...identity(`w${String(at)}`),
                key: `urn:w${String(at)}${suffix}`,
            }));
        const [old, now] = [made("-a", 3_000), made("-b", 3_000)];
        const rights = (holders: readonly Principal[]) => holders.map(holder => role(holder, "Reader", GROUP));
        const diff = diffAccess(model(old, rights(old)), model(now, rights(now)));
        assert.deepEqual(
            [diff.rights.length, new Set(diff.rights.map(({ change }) => change))],
            [3_000, new Set(["moved"])],
        );
        assert.equal(diff.identities.filter(({ change }) => change === "replaced").length, 3_000);
    });
});
