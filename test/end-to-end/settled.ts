import assert from "node:assert/strict";
import type { Grant } from "../../access/grant.ts";
import { grantKey } from "../../sandbox/tables.ts";
import { DEPLOYER_OBJECT_ID } from "../../sandbox/deployer.ts";
import type { World } from "./world.ts";

type Entry = Grant & { readonly principalId: string };

const keyOf = (grant: Entry): string =>
    grant.kind === "api"
        ? `${grant.principalId} ${grant.appId} ${grant.appRoleId}`
        : grantKey({ ...grant, roleDefinitionId: grant.roleDefinitionGuid });

const apiGrantsOf = ({ cloud }: World): string[] =>
    [...cloud.appRoleAssignments.values()]
        .filter(({ principalId }) => principalId !== DEPLOYER_OBJECT_ID)
        .map(({ principalId, resourceId, appRoleId }) => {
            const api = cloud.servicePrincipals.get(resourceId);
            return `${principalId} ${api?.appId} ${appRoleId}`;
        });

const azureGrantsOf = ({ cloud }: World): string[] =>
    [...cloud.roleAssignments.values()].filter(({ principalId }) => principalId !== DEPLOYER_OBJECT_ID).map(grantKey);

/** Grants that identities hold in the cloud, the deployer's own left out; one that is there twice is listed twice. */
export const grantsInCloud = (world: World): string[] => [...apiGrantsOf(world), ...azureGrantsOf(world)].sort();

/** The subscription itself has no place in the state of a stack. */
const OF_AZURE = /^\/subscriptions\/[^/]+$/i;

const resourcesInCloud = ({ cloud }: World): string[] =>
    [...cloud.resources.entries()]
        .map(([id]) => id)
        .filter(id => !OF_AZURE.test(id))
        .sort();

const armIdsInState = (world: World): string[] =>
    world
        .state()
        .filter(({ type }) => type.startsWith("azure-native:") && !type.startsWith("azure-native:authorization:"))
        .map(({ id = "" }) => id.toLowerCase())
        .sort();

const grantIdsInState = (world: World): string[] =>
    world
        .state()
        .filter(({ type }) => /:RoleAssignment$|:AppRoleAssignment$/.test(type))
        .map(({ id = "" }) => (id.split("/").at(-1) ?? "").toLowerCase())
        .sort();

const grantIdsInCloud = ({ cloud }: World): string[] =>
    [...cloud.appRoleAssignments.values(), ...cloud.roleAssignments.values()]
        .filter(({ principalId }) => principalId !== DEPLOYER_OBJECT_ID)
        .map(({ id }) => (id.split("/").at(-1) ?? "").toLowerCase())
        .sort();

/**
 * Holds the cloud, the state and the declaration against each other: every declared grant is in the cloud exactly once
 * and in state, no other is, nothing is orphaned and nothing is there twice.
 */
export const assertSettled = (world: World, manifest: readonly Grant[]): void => {
    assert.deepEqual(grantsInCloud(world), (manifest as readonly Entry[]).map(keyOf).sort(), "grants as declared");
    assert.deepEqual(grantIdsInCloud(world), grantIdsInState(world), "grants in the cloud and in the state");
    assert.deepEqual(resourcesInCloud(world), armIdsInState(world), "resources in the cloud and in the state");
};

/** Nothing that a stack makes is left in the cloud. */
export const assertEmpty = (world: World): void => {
    assert.deepEqual(grantsInCloud(world), []);
    assert.deepEqual(resourcesInCloud(world), []);
};
