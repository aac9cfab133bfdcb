import assert from "node:assert/strict";
import type { AccessModel, RoleRight } from "../access/model.ts";
import { findRole } from "../access/roles.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import { azureDelegationWithoutCondition } from "../policy-pack/rules/azure-delegation-without-condition.ts";
import { azureRolePrivileged } from "../policy-pack/rules/azure-role-privileged.ts";
import { azureScopeTooWide } from "../policy-pack/rules/azure-scope-too-wide.ts";
import { asPlan, asState, directoryGroup, group, GUID, type Made, Ref, urnOfMade } from "./policy-adapter-world.ts";
import {
    type Config,
    type Declared,
    resourceFindings,
    stackFindings,
    SUBSCRIPTION_SCOPE,
    UNKNOWN,
} from "./policy-support.ts";
import type { Rule } from "../policy-pack/rule.ts";

const READERS = GUID(81);
const OPERATORS = GUID(82);
const ADMINISTRATOR = "User Access Administrator";

const guid = (role: string): string => findRole(role).id;
const authorization = (principalId: unknown, role: string, more: object = {}): object => ({
    principalId,
    principalIdDisplayName: "operators of contoso",
    roleDefinitionId: guid(role),
    ...more,
});

type Authorizations = readonly object[];

const registration = (authorizations: Authorizations, more: object = {}): Made => ({
    type: "azure-native:managedservices/v20221001:RegistrationDefinition",
    name: "offer",
    id: `${SUBSCRIPTION_SCOPE}/providers/Microsoft.ManagedServices/registrationDefinitions/${GUID(91)}`,
    inputs: {
        scope: SUBSCRIPTION_SCOPE,
        properties: { managedByTenantId: GUID(99), description: "monitoring", authorizations, ...more },
    },
});
const delegated = (name: string, scope: unknown, registrationDefinitionId: unknown): Made => ({
    type: "azure-native:managedservices:RegistrationAssignment",
    name,
    id: `/made/${name}`,
    inputs: { scope, properties: { registrationDefinitionId } },
});
const classic = (authorizations: Authorizations): Made => ({
    type: "azure:lighthouse/definition:Definition",
    name: "offer",
    id: `${SUBSCRIPTION_SCOPE}/providers/Microsoft.ManagedServices/registrationDefinitions/${GUID(91)}`,
    inputs: { lighthouseDefinitionId: GUID(91), managingTenantId: GUID(99), scope: SUBSCRIPTION_SCOPE, authorizations },
});
const classicallyDelegated = (scope: unknown, lighthouseDefinitionId: unknown): Made => ({
    type: "azure:lighthouse/assignment:Assignment",
    name: "delegation",
    id: "/made/delegation",
    inputs: { scope, lighthouseDefinitionId },
});

const rg = group("a");
const other = group("b");

/** The models of a plan in which nothing exists and of the state after it, which must say the same. */
const models = (...program: readonly Made[]): readonly AccessModel[] => [
    accessModelOf(asPlan(program, () => true)),
    accessModelOf(asState(program)),
];

const rolesOf = ({ rights }: AccessModel): readonly RoleRight[] => rights.filter(right => right.kind === "role");

/** Holder, role and place of each right. */
const told = (model: AccessModel): unknown =>
    rolesOf(model).map(({ holder, role, scope, eligible }) => [
        holder,
        role,
        "undecided" in scope ? scope : (scope.urn ?? scope.id ?? scope.kind),
        ...(eligible === true ? ["eligible"] : []),
    ]);

const outsider = (id: string): string => `object:${id}`;

describe("an offer of Azure Lighthouse", () => {
    it("gives each principal its role where an assignment delegates it, in the words of its description", () => {
        const offer = registration([authorization(READERS, "Reader"), authorization(OPERATORS, "Contributor")]);
        const program = [rg, offer, delegated("delegation", new Ref(rg, "id"), new Ref(offer, "id"))];
        for (const model of models(...program)) {
            assert.deepEqual(told(model), [
                [outsider(READERS), "Reader", urnOfMade(rg)],
                [outsider(OPERATORS), "Contributor", urnOfMade(rg)],
            ]);
            assert.deepEqual(
                rolesOf(model).map(({ urn, reason, tier }) => [urn, reason, tier]),
                [
                    [urnOfMade(offer), "monitoring", findRole("Reader").tier],
                    [urnOfMade(offer), "monitoring", findRole("Contributor").tier],
                ],
            );
            const holders = model.principals.filter(({ key }) => key.startsWith("object:"));
            assert.deepEqual(
                holders.map(({ kind, name }) => [kind, name]),
                [
                    ["unknown", "operators of contoso"],
                    ["unknown", "operators of contoso"],
                ],
            );
        }
    });

    it("is read the same in classic azure, and of a Terraform provider", () => {
        const definition = classic([
            { principalId: READERS, principalDisplayName: "readers", roleDefinitionId: guid("Reader") },
        ]);
        const assignment = classicallyDelegated(new Ref(rg, "id"), new Ref(definition, "id"));
        const expected = [[outsider(READERS), "Reader", urnOfMade(rg)]];
        for (const model of models(rg, definition, assignment)) assert.deepEqual(told(model), expected);

        const bridged: Made = { ...definition, type: "azurerm:index/lighthouseDefinition:LighthouseDefinition" };
        const bridgedAssignment: Made = {
            ...assignment,
            type: "azurerm:index/lighthouseAssignment:LighthouseAssignment",
            inputs: { scope: new Ref(rg, "id"), lighthouseDefinitionId: new Ref(bridged, "id") },
        };
        for (const model of models(rg, bridged, bridgedAssignment)) assert.deepEqual(told(model), expected);
    });

    it("gives its roles on each scope that it is assigned on, also by its id alone", () => {
        const offer = registration([authorization(READERS, "Reader")]);
        const program = [
            rg,
            other,
            offer,
            delegated("first", new Ref(rg, "id"), new Ref(offer, "id")),
            delegated("second", new Ref(other, "id"), offer.id.toUpperCase()),
            delegated("another", SUBSCRIPTION_SCOPE, `${SUBSCRIPTION_SCOPE}/providers/x/${GUID(92)}`),
        ];
        assert.deepEqual(told(accessModelOf(asState(program))), [
            [outsider(READERS), "Reader", urnOfMade(rg)],
            [outsider(READERS), "Reader", urnOfMade(other)],
        ]);
        const classicOffer = classic([authorization(READERS, "Reader")]);
        for (const model of models(rg, classicOffer, classicallyDelegated(new Ref(rg, "id"), classicOffer.id)))
            assert.deepEqual(told(model), [[outsider(READERS), "Reader", urnOfMade(rg)]]);
    });

    it("gives its roles on the subscription where no assignment is seen, or it is not known where", () => {
        const offer = registration([authorization(READERS, "Reader")]);
        const subscription = SUBSCRIPTION_SCOPE.toLowerCase();
        for (const model of models(offer)) assert.deepEqual(told(model), [[outsider(READERS), "Reader", subscription]]);
        const unknown = accessModelOf(asPlan([offer, delegated("it", UNKNOWN, new Ref(offer, "id"))], () => true));
        assert.deepEqual(told(unknown), [[outsider(READERS), "Reader", subscription]]);
        const nowhere = { ...offer, inputs: { ...offer.inputs, scope: UNKNOWN } };
        assert.deepEqual(told(accessModelOf(asPlan([nowhere], () => true))), [
            [outsider(READERS), "Reader", "subscription"],
        ]);
    });

    it("makes principals eligible that have to activate their role", () => {
        const justInTimeAccessPolicy = { multiFactorAuthProvider: "Azure", maximumActivationDuration: "PT4H" };
        const offer = registration([authorization(READERS, "Reader")], {
            eligibleAuthorizations: [authorization(OPERATORS, "Contributor", { justInTimeAccessPolicy })],
        });
        for (const model of models(rg, offer, delegated("it", new Ref(rg, "id"), new Ref(offer, "id"))))
            assert.deepEqual(told(model), [
                [outsider(READERS), "Reader", urnOfMade(rg)],
                [outsider(OPERATORS), "Contributor", urnOfMade(rg), "eligible"],
            ]);
    });

    it("gives a role to a group that the stack itself makes in the managing tenant", () => {
        const people = directoryGroup("people", 31);
        const offer = registration([authorization(new Ref(people, "objectId"), "Reader")]);
        for (const model of models(people, offer))
            assert.deepEqual(
                rolesOf(model).map(({ holder }) => holder),
                [urnOfMade(people)],
            );
    });

    it("bounds what User Access Administrator may assign, which is all that it may do", () => {
        const offer = registration([
            authorization(OPERATORS, ADMINISTRATOR, { delegatedRoleDefinitionIds: [guid("Reader")] }),
        ]);
        for (const model of models(offer)) {
            const [right] = rolesOf(model);
            assert.ok(right && !("undecided" in right.definition));
            assert.deepEqual(
                right.definition.permissions.map(({ actions }) => actions),
                [["Microsoft.Authorization/roleAssignments/*"]],
            );
            assert.match(right.condition ?? "", new RegExp(`GuidEquals \\{${guid("Reader")}\\}`));
        }
    });

    it("does not tell what it gives where its authorizations are not known", () => {
        const hidden = registration([], { authorizations: UNKNOWN });
        const [right] = rolesOf(accessModelOf(asPlan([hidden], () => true)));
        assert.deepEqual(right?.role, {
            undecided: "'properties.authorizations' is not known before its resources exist",
        });
    });
});

const asDeclared = ({ type, name, inputs }: Made): Declared => ({ type, name, props: inputs });

const found = (rule: Rule, of: Made, config: Config = {}): readonly string[] =>
    stackFindings(rule, [asDeclared(of)], config);

describe("the rules over roles, on an offer of Azure Lighthouse", () => {
    const limited = (...roles: readonly string[]): Made =>
        registration([
            authorization(OPERATORS, ADMINISTRATOR, { delegatedRoleDefinitionIds: roles.map(role => guid(role)) }),
        ]);

    it("take User Access Administrator that may assign harmless roles alone", () => {
        const offer = limited("Reader", "Monitoring Reader");
        for (const rule of [azureRolePrivileged, azureDelegationWithoutCondition])
            assert.deepEqual(found(rule, offer), []);
    });

    it("find User Access Administrator that may assign any role, a privileged one, or one that assigns roles", () => {
        const assigns = `offer: role '${ADMINISTRATOR}' assigns roles ('Microsoft.Authorization/roleAssignments/write')`;
        for (const offer of [limited(), limited("Reader", "Contributor"), limited("Owner")])
            assert.deepEqual(found(azureRolePrivileged, offer), [assigns]);
        assert.deepEqual(found(azureDelegationWithoutCondition, limited()), [
            `offer: role '${ADMINISTRATOR}' assigns any role and no condition limits it; expected one that names the roles`,
        ]);
        assert.deepEqual(found(azureDelegationWithoutCondition, limited("Contributor")), []);
        assert.deepEqual(found(azureDelegationWithoutCondition, limited("Owner")), [
            "offer: the condition lets 'Owner' be assigned; expected only roles that assign none",
        ]);
    });

    it("find a bound that is not known", () => {
        const offer = registration([authorization(OPERATORS, ADMINISTRATOR, { delegatedRoleDefinitionIds: UNKNOWN })]);
        assert.deepEqual(found(azureDelegationWithoutCondition, offer), [
            "offer: cannot judge the condition: 'properties.authorizations.0.delegatedRoleDefinitionIds' is not known before its resources exist",
        ]);
        assert.notDeepEqual(found(azureRolePrivileged, offer), []);
    });

    it("find a privileged role once for all who are given it, and take an eligible one where that is taken", () => {
        const twice = [READERS, OPERATORS].map(each => authorization(each, "Contributor"));
        const fault = "offer: role 'Contributor' allows every action '*'";
        assert.deepEqual(found(azureRolePrivileged, registration(twice)), [fault]);
        const eligible = registration([], { eligibleAuthorizations: twice });
        assert.deepEqual(found(azureRolePrivileged, eligible), [fault]);
        assert.deepEqual(found(azureRolePrivileged, eligible, { eligible: "taken" }), []);
    });

    it("find a privileged role before the offer is made, and leave where it is given to the whole stack", () => {
        const offer = asDeclared(registration([authorization(READERS, "Contributor")]));
        assert.deepEqual(resourceFindings(azureRolePrivileged, [offer]), [
            "offer: role 'Contributor' allows every action '*'",
        ]);
        assert.deepEqual(resourceFindings(azureScopeTooWide, [offer]), []);
    });

    it("find a role on a subscription, also where no assignment is seen", () => {
        const expected = `offer: role 'Reader' is assigned on a subscription ('${SUBSCRIPTION_SCOPE}'); expected resourceGroup or narrower`;
        assert.deepEqual(found(azureScopeTooWide, registration([authorization(READERS, "Reader")])), [expected]);
    });
});
