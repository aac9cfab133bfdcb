import { normaliseScope } from "../access/scope.ts";
import type { IdentityDeclaration, WorkloadDeclaration } from "./declaration.ts";
import { holderOf } from "./holders.ts";
import { accountId, functionAppId, identityId } from "./places.ts";
import type { Path, Problems } from "./problems.ts";

/** One thing in Azure or Entra that a workload writes. */
interface Writing {
    readonly thing: string;
    readonly words: string;
    readonly path: Path;
}

const ofAccount = (subscription: string, { name, group, account, runbooks }: WorkloadDeclaration): Writing[] => {
    if (!account) return [];
    const at: Path = ["workloads", name];
    const id = accountId(subscription, group, account.name);
    const runtime = account.runtime.name ?? "PowerShell-74";
    return [
        ...(account.existing
            ? []
            : [{ thing: id, words: `Automation account '${account.name}'`, path: [...at, "account"] }]),
        {
            thing: `${id}/runtimeEnvironments/${runtime}`,
            words: `runtime environment '${runtime}' of account '${account.name}'`,
            path: [...at, "account", "runtime", "name"],
        },
        ...Object.keys(account.variables).map(variable => ({
            thing: `${id}/variables/${variable}`,
            words: `variable '${variable}' of account '${account.name}'`,
            path: [...at, "account", "variables", variable],
        })),
        ...runbooks.map((runbook, n) => ({
            thing: `${id}/runbooks/${runbook.name}`,
            words: `runbook '${runbook.name}' of account '${account.name}'`,
            path: [...at, "runbooks", n],
        })),
    ];
};

const ofIdentity = (
    subscription: string,
    { name, group }: WorkloadDeclaration,
    identity: IdentityDeclaration,
): Writing[] => {
    if (identity.kind !== "user-assigned") return [];
    const path: Path = ["workloads", name, "identity"];
    const id = identityId(subscription, group, identity.name);
    return [
        { thing: id, words: `identity '${identity.name}'`, path },
        ...identity.federatedCredentials.flatMap((credential, n) => {
            const at = [...path, "userAssigned", "federatedCredentials", n];
            const { issuer, subject } = credential;
            return [
                {
                    thing: `${id}/federatedIdentityCredentials/${credential.name}`,
                    words: `federated credential '${credential.name}' of identity '${identity.name}'`,
                    path: at,
                },
                {
                    thing: `${id} trusts ${issuer} ${subject}`,
                    words: `subject '${subject}' of issuer '${issuer}' on identity '${identity.name}'`,
                    path: at,
                },
            ];
        }),
    ];
};

const ofGrants = (workload: WorkloadDeclaration): Writing[] => {
    const at: Path = ["workloads", workload.name];
    const who = holderOf(workload.name, workload.identity);
    return [
        ...workload.apis.flatMap(({ api, permissions }) =>
            permissions.map(({ permission }) => ({
                thing: `${who} ${api} ${permission}`,
                words: `permission '${permission}' on ${api} for the same identity`,
                path: at,
            })),
        ),
        ...workload.azure.flatMap(grant =>
            "role" in grant
                ? [
                      {
                          thing: `${who} ${grant.role} ${normaliseScope(grant.scope)}`,
                          words: `role '${grant.role}' on '${grant.scope}' for the same identity`,
                          path: at,
                      },
                  ]
                : [],
        ),
    ];
};

const ofFunctionApp = (subscription: string, { name, group, functionApp }: WorkloadDeclaration): Writing[] =>
    functionApp
        ? [
              {
                  thing: functionAppId(subscription, group, functionApp.name),
                  words: `Function App '${functionApp.name}'`,
                  path: ["workloads", name, "functionApp"],
              },
          ]
        : [];

/** Reports what two places of the configuration would both write: one of them would undo the other. */
export const reportClashes = (
    problems: Problems,
    subscription: string,
    workloads: readonly WorkloadDeclaration[],
): void => {
    const first = new Map<string, Writing>();
    for (const workload of workloads) {
        const { identity } = workload;
        const writings = [
            ...ofIdentity(subscription, workload, identity),
            ...ofAccount(subscription, workload),
            ...ofFunctionApp(subscription, workload),
            ...ofGrants(workload),
        ];
        for (const writing of writings) {
            const key = writing.thing.toLowerCase();
            const other = first.get(key);
            if (other) problems.add(writing.path, `${writing.words} is written by workload '${other.path[1]}' already`);
            else first.set(key, writing);
        }
    }
};
