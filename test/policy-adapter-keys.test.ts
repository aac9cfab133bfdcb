import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { AccessModel, Place } from "../access/model.ts";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import {
    account,
    application,
    asPlan,
    asState,
    classicIdentity,
    directoryGroup,
    group,
    GUID,
    identity,
    type Made,
    principalRef,
    Ref,
    servicePrincipal,
    urnOfMade,
} from "./policy-adapter-world.ts";
import { SUBSCRIPTION_SCOPE } from "./policy-support.ts";

type Pick = readonly [kind: number, principal: number, place: number, literal: boolean];

const roleId = (name: string): string =>
    `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${findRole(name).id}`;

/** Principals and places of every kind that a program can make. */
const base = (attach: readonly boolean[]): { principals: Made[]; places: Made[]; all: Made[] } => {
    const groups = [group("a"), group("b")];
    const [first, second] = groups as [Made, Made];
    const identities = [identity("one", first, 1), identity("two", second, 2), classicIdentity("three", first, 3)];
    const accounts = [
        account("lone", first, 11),
        account(
            "shared",
            second,
            12,
            identities.filter((_, at) => attach[at] === true),
        ),
    ];
    const app = application("app", 21);
    const principal = servicePrincipal("app-principal", app, 22);
    const people = directoryGroup("people", 31, [principal]);
    return {
        principals: [...identities, ...accounts, principal, people],
        places: [...groups, ...accounts],
        all: [...groups, ...identities, ...accounts, app, principal, people],
    };
};

const literalId = (made: Made): unknown => {
    const { output } = principalRef(made);
    return output.split(".").reduce<unknown>((value, key) => Reflect.get(value as object, key), made.outputs);
};

const right = (
    [kind, principal, place, literal]: Pick,
    at: number,
    { principals, places }: ReturnType<typeof base>,
): Made => {
    const who = principals[principal % principals.length] as Made;
    const where = places[place % places.length] as Made;
    const holder = literal ? literalId(who) : principalRef(who);
    const scope = literal ? where.id : new Ref(where, "id");
    const name = `right-${String(at)}`;
    const graph = findAppRole(MICROSOFT_GRAPH, "User.Read.All").id;
    const forms: readonly Omit<Made, "name" | "id">[] = [
        {
            type: "azure-native:authorization:RoleAssignment",
            inputs: {
                principalId: holder,
                principalType: "ServicePrincipal",
                roleDefinitionId: roleId("Reader"),
                scope,
            },
        },
        {
            type: "azure:authorization/assignment:Assignment",
            inputs: { principalId: holder, roleDefinitionName: "Contributor", scope },
        },
        {
            type: "azuread:index/appRoleAssignment:AppRoleAssignment",
            inputs: { appRoleId: graph, principalObjectId: holder, resourceObjectId: GUID(99) },
        },
        {
            type: "azuread:index/groupMember:GroupMember",
            inputs: { groupObjectId: new Ref(principals.at(-1) as Made, "objectId"), memberObjectId: holder },
        },
        {
            type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
            inputs: { principalObjectId: holder, roleId: "88d8e3e3-8f55-4a1e-953a-9b9898b8876b" },
        },
        {
            type: "azure-native:keyvault:AccessPolicy",
            inputs: {
                resourceGroupName: "rg-a",
                vaultName: "kv",
                policy: { objectId: holder, tenantId: GUID(77), permissions: { secrets: ["get"] } },
            },
        },
    ];
    const form = forms[kind % forms.length] as Omit<Made, "name" | "id">;
    return { ...form, name, id: `/made/${name}` };
};

const federation = (of: Made): Made => ({
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    name: "federation",
    id: `${of.id}/federatedIdentityCredentials/gh`,
    inputs: {
        resourceGroupName: "rg-a",
        resourceName: new Ref(of, "name"),
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:contoso/reports:environment:production",
        audiences: ["api://AzureADTokenExchange"],
    },
});

const program = (attach: readonly boolean[], picks: readonly Pick[]): readonly Made[] => {
    const made = base(attach);
    const rights = picks.map((pick, at) => right(pick, at, made));
    return [...made.all, federation(made.principals[0] as Made), ...rights];
};

const urnOf = (place: Place | { undecided: string }): string | undefined => ("undecided" in place ? "?" : place.urn);

/** What a review compares two models by. */
const keysOf = ({ principals, hosts, rights, entries }: AccessModel) => ({
    principals: principals.map(({ key, kind, application: of }) => [key, kind, of]),
    hosts: hosts.map(({ key, identities, place }) => [key, identities, place.urn, place.within?.urn]),
    rights: rights.map(each => [each.key, each.kind, each.holder, each.kind === "role" ? urnOf(each.scope) : ""]),
    entries: entries.map(({ key, principal }) => [key, principal]),
});

const anyProgram = fc
    .tuple(
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        fc.array(fc.tuple(fc.nat(5), fc.nat(6), fc.nat(3), fc.constant(false)), { maxLength: 8 }),
    )
    .map(([attach, picks]) => program(attach, picks));

describe("the keys of an access model", function () {
    this.timeout(60_000);

    it("are the same in a state and in a plan, whichever ids the plan does not know", () => {
        fc.assert(
            fc.property(anyProgram, fc.infiniteStream(fc.boolean()), (made, coins) => {
                const unknown = new Set(made.filter(() => coins.next().value === true));
                const plan = accessModelOf(asPlan(made, each => unknown.has(each)));
                assert.deepEqual(keysOf(plan), keysOf(accessModelOf(asState(made))));
            }),
            { numRuns: 300 },
        );
    });

    it("are the same where a program names by id what it makes", () => {
        const picks = fc.array(fc.tuple(fc.nat(5), fc.nat(6), fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 8 });
        fc.assert(
            fc.property(picks, list => {
                const [linked, mixed] = [list.map(([a, b, c]): Pick => [a, b, c, false]), list];
                const [all, written] = [program([true, true, false], linked), program([true, true, false], mixed)];
                assert.deepEqual(keysOf(accessModelOf(asState(written))), keysOf(accessModelOf(asState(all))));
            }),
            { numRuns: 100 },
        );
    });

    it("do not hang on the order of the resources, and no two are the same", () => {
        fc.assert(
            fc.property(anyProgram, made => {
                const model = accessModelOf(asState(made));
                const shuffled = accessModelOf([...asState(made)].reverse());
                assert.deepEqual(keysOf(shuffled), keysOf(model));
                for (const list of [model.principals, model.hosts, model.rights, model.entries]) {
                    const keys = list.map(({ key }) => key);
                    assert.equal(new Set(keys).size, keys.length);
                }
            }),
            { numRuns: 100 },
        );
    });

    it("name the resource that makes a principal", () => {
        const made = program([true, false, false], [[0, 3, 0, false]]);
        const { rights, hosts } = accessModelOf(asPlan(made, () => true));
        const [lone, one] = ["lone", "one"].map(name => urnOfMade(made.find(each => each.name === name) as Made));
        assert.equal(rights.find(({ kind }) => kind === "role")?.holder, lone);
        const shared = hosts.find(({ name }) => name === "shared");
        assert.deepEqual(shared?.identities, [shared?.key, one]);
    });
});
