import assert from "node:assert/strict";
import { subjectsOf } from "../policy-pack/adapter/index.ts";
import { StackDefinitions } from "../policy-pack/adapter/stack-definitions.ts";
import type { SubjectKind, SubjectOf } from "../policy-pack/adapter/subjects.ts";
import { Unknown } from "../policy-pack/adapter/value.ts";
import {
    account,
    asPlan,
    group,
    GUID,
    identity,
    type Made,
    principalRef,
    Ref,
    urnOfMade,
} from "./policy-adapter-world.ts";
import { GROUP_SCOPE, UNKNOWN } from "./policy-support.ts";

const rg = group("a");
const one = identity("one", rg, 1);
const aa = account("nightly", rg, 11, [one]);
const inAccount = { resourceGroupName: "rg-a", automationAccountName: new Ref(aa, "name") };

const made = (type: string, name: string, inputs: Made["inputs"]): Made => ({
    type,
    name,
    id: `${GROUP_SCOPE}/providers/Microsoft.Example/things/${name}`,
    inputs,
});

/** What rules of a kind judge in one resource of a first plan, with the stack around it. */
const read = <K extends SubjectKind>(kind: K, of: Made, ...others: readonly Made[]): readonly SubjectOf<K>[] => {
    const resources = asPlan([rg, one, aa, ...others.filter(each => each !== of), of], () => true);
    const resource = resources.find(({ urn }) => urn === urnOfMade(of));
    assert.ok(resource);
    return subjectsOf(kind, resource, new StackDefinitions(resources));
};

const only = <T>(list: readonly T[]): T => {
    assert.equal(list.length, 1);
    return list[0] as T;
};

const runbook = made("azure-native:automation:Runbook", "stop", {
    ...inAccount,
    runbookName: "Stop",
    runbookType: "PowerShell72",
});
const content = made("pulumi-nodejs:dynamic/leastwise:RunbookContent", "stop-content", {
    runbookId: new Ref(runbook, "id"),
    content: "Stop-AzVM",
});

describe("a runbook", () => {
    it("has the text that another resource publishes, and the account that it is in", () => {
        const { content: text, runbook: name, type, account: within } = only(read("runbook", content, runbook));
        assert.deepEqual([text, name, type, within], ["Stop-AzVM", "Stop", "PowerShell72", urnOfMade(aa)]);
    });

    it("has its own text in classic azure", () => {
        const classic = made("azure:automation/runBook:RunBook", "classic", {
            ...inAccount,
            name: "C",
            content: "Get-AzVM",
        });
        const { content: text, runbook: name } = only(read("runbook", classic));
        assert.deepEqual([text, name], ["Get-AzVM", "C"]);
    });

    it("has the link that its text comes from, with its hash", () => {
        const linked = made("azure-native:automation:Runbook", "linked", {
            ...inAccount,
            publishContentLink: {
                uri: "https://example.com/a.ps1",
                contentHash: { algorithm: "sha256", value: "abc" },
                version: "1.0.0.0",
            },
        });
        assert.deepEqual(only(read("runbook", linked)).link, {
            uri: "https://example.com/a.ps1",
            hash: "sha256:abc",
            version: "1.0.0.0",
        });
    });

    it("has a link that is not known yet, or whose address is not", () => {
        const linked = (publishContentLink: unknown): Made =>
            made("azure-native:automation:Runbook", "linked", { ...inAccount, publishContentLink });
        assert.ok(only(read("runbook", linked(UNKNOWN))).link instanceof Unknown);
        const { link } = only(read("runbook", linked({ uri: UNKNOWN })));
        assert.ok(link && !(link instanceof Unknown) && link.uri instanceof Unknown);
    });
});

describe("an Automation account", () => {
    it("has its runbooks, each once, and the identities that they can act as", () => {
        const { runbooks, identities } = only(read("automation-account", aa, runbook, content));
        assert.deepEqual(
            runbooks.map(({ runbook: name, content: text }) => [name, text]),
            [["Stop", "Stop-AzVM"]],
        );
        assert.deepEqual(
            identities.map(({ key }) => key),
            [urnOfMade(aa), urnOfMade(one)],
        );
    });

    it("is on public networks and takes keys unless it says otherwise", () => {
        const { publicNetwork, localAuthentication } = only(read("automation-account", aa));
        assert.deepEqual([publicNetwork, localAuthentication], [true, true]);
    });
});

describe("a job schedule", () => {
    it("links a runbook with a schedule, in both providers", () => {
        const native = made("azure-native:automation:JobSchedule", "native", {
            ...inAccount,
            runbook: { name: "Stop" },
            schedule: { name: "Nightly" },
            parameters: { Group: "rg-a" },
        });
        const classic = made("azure:automation/jobSchedule:JobSchedule", "classic", {
            ...inAccount,
            runbookName: "Stop",
            scheduleName: "Nightly",
        });
        const shown = [native, classic].map(each => {
            const { runbook: name, schedule, parameters, isNative, id } = only(read("job-schedule", each));
            return [name, schedule, parameters, isNative, id];
        });
        assert.deepEqual(shown, [
            ["Stop", "Nightly", ["Group"], true, undefined],
            ["Stop", "Nightly", [], false, undefined],
        ]);
    });
});

const role = (name: string, principalId: unknown): Made =>
    made("azure-native:authorization:RoleAssignment", name, {
        principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
        scope: new Ref(rg, "id"),
    });

describe("an identity", () => {
    it("is told of the resource that makes it, with its hosts, rights, entries and what else names it", () => {
        const right = role("right", principalRef(one));
        const setting = made("azure-native:app:ManagedEnvironment", "setting", { clientId: new Ref(one, "clientId") });
        const federation = made("azure-native:managedidentity:FederatedIdentityCredential", "federation", {
            resourceGroupName: "rg-a",
            resourceName: new Ref(one, "name"),
            issuer: "https://token.actions.githubusercontent.com",
            subject: "repo:contoso/reports:environment:production",
            audiences: ["api://AzureADTokenExchange"],
        });
        const found = only(read("identity", one, right, setting, federation));
        assert.deepEqual(
            {
                isMade: found.isMade,
                kind: found.principal.kind,
                hosts: found.hosts.map(({ key }) => key),
                rights: found.rights.map(({ key }) => key),
                entries: found.entries.map(({ key }) => key),
                mentions: found.mentions,
            },
            {
                isMade: true,
                kind: "user-assigned",
                hosts: [urnOfMade(aa)],
                rights: [urnOfMade(right)],
                entries: [urnOfMade(federation)],
                mentions: [urnOfMade(setting)],
            },
        );
    });

    it("is told of its first right where the stack does not make it", () => {
        const [first, second] = [role("first", GUID(50)), role("second", GUID(50))];
        const { principal, rights, isMade } = only(read("identity", first, second));
        assert.deepEqual(
            [principal.key, principal.kind, isMade, rights.length],
            [`object:${GUID(50)}`, "service-principal", false, 2],
        );
        assert.deepEqual(read("identity", second, first), []);
    });

    it("is nothing where its resource is seen alone", () => {
        const [, resource] = asPlan([rg, one], () => true);
        assert.ok(resource);
        assert.deepEqual(subjectsOf("identity", resource, new StackDefinitions()), []);
    });
});

describe("a grant", () => {
    it("has all that its holder holds, with the stack around it alone", () => {
        const [first, second] = [role("first", principalRef(one)), role("second", principalRef(one))];
        const { held, isWhole, holder } = only(read("azure-grant", first, second));
        assert.deepEqual([held.length, isWhole, holder.key], [2, true, urnOfMade(one)]);
        const alone = asPlan([rg, one, first], () => true).at(-1);
        assert.ok(alone);
        const lone = only(subjectsOf("azure-grant", alone, new StackDefinitions()));
        assert.deepEqual([lone.held, lone.isWhole], [[], false]);
    });

    it("has the reason of its own description, and of the component that says it makes it", () => {
        const described = role("described", principalRef(one));
        const withText = { ...described, inputs: { ...described.inputs, description: "reads the group" } };
        assert.equal(only(read("azure-grant", withText)).reason, "reads the group");
        const component: Made = {
            type: "leastwise:index:AzureGrants",
            name: "grants",
            id: "",
            inputs: {},
            outputs: {
                grants: [
                    {
                        roleDefinitionGuid: "ACDD72A7-3385-48EF-BD42-F606FBA81AE7",
                        scope: `${GROUP_SCOPE}/`,
                        reason: "starts machines",
                        owner: "ops",
                        actions: ["Microsoft.Compute/virtualMachines/read"],
                    },
                ],
            },
        };
        const child = { ...role("child", principalRef(one)), parent: component };
        const scoped = { ...child, inputs: { ...child.inputs, scope: GROUP_SCOPE } };
        const resources = asPlan([component, rg, one, scoped], each => each !== component);
        const resource = resources.at(-1);
        assert.ok(resource);
        const { reason, owner, actions } = only(subjectsOf("azure-grant", resource, new StackDefinitions(resources)));
        assert.deepEqual(
            [reason, owner, actions],
            ["starts machines", "ops", ["Microsoft.Compute/virtualMachines/read"]],
        );
    });
});
