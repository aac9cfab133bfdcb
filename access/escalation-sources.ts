import { below, type Takeover, takeover } from "./escalation-takeover.ts";
import type { SourceKind } from "./model.ts";

const STORAGE = "Microsoft.Storage/storageAccounts";
const REGISTRY = "Microsoft.ContainerRegistry/registries";
const BLOBS = below(`${STORAGE}/blobServices/containers/blobs`, ["write", "move/action"]);
const FILES = below(`${STORAGE}/fileServices`, ["fileShares/files/write", "writeFileBackupSemantics/action"]);
const KEYS = below(STORAGE, ["listKeys/action", "regenerateKey/action", "listAccountSas/action"]);

/** Stands for the type of a resource where a host takes what it runs from it. */
export const sourceType = (kind: SourceKind): string => `code/${kind}`;

/** The same for the key of the storage account, which opens all that it keeps. */
export const keyType = (kind: SourceKind): string => `code/${kind}/key`;

/** Stands for the type of a cluster whose users are its administrators. */
export const OPEN_CLUSTER = "code/cluster";

const perhaps = (way: Takeover): Takeover => ({ ...way, may: true });
const KEY_WORDS = "by a key of its storage change what is run by";

/**
 * Code that is kept elsewhere.
 * Source: https://learn.microsoft.com/azure/azure-functions/storage-considerations and
 * https://learn.microsoft.com/azure/container-registry/container-registry-roles
 */
export const SOURCES: readonly Takeover[] = [
    takeover("PackageWriter", "replace the package of", [sourceType("package")], BLOBS, "dataAction"),
    takeover("PackageWriter", "replace the files of", [sourceType("share")], FILES, "dataAction"),
    perhaps(
        takeover("PackageWriter", "change what is run by", [sourceType("account")], [...BLOBS, ...FILES], "dataAction"),
    ),
    takeover("StorageKeyReader", KEY_WORDS, [keyType("package"), keyType("share")], KEYS),
    perhaps(takeover("StorageKeyReader", KEY_WORDS, [keyType("account")], KEYS)),
    ...(["image", "pulled"] as const).flatMap((kind): Takeover[] => {
        const types = [sourceType(kind)];
        const sure = [
            takeover("RegistryPush", "replace the image of", types, [
                ...below(REGISTRY, ["push/write", "importImage/action", "scheduleRun/action"]),
                ...below(REGISTRY, ["tasks/write", "taskruns/write", "buildTasks/write"]),
            ]),
            takeover(
                "RegistryWriter",
                "replace the image of",
                types,
                below(REGISTRY, ["repositories/content/write"]),
                "dataAction",
            ),
        ];
        const credentials = takeover(
            "RegistryCredential",
            "by a password of its registry replace the image of",
            types,
            [
                ...below(REGISTRY, [
                    "listCredentials/action",
                    "regenerateCredential/action",
                    "generateCredentials/action",
                ]),
            ],
        );
        return [...(kind === "image" ? sure : sure.map(perhaps)), perhaps(credentials)];
    }),
    takeover(
        "ClusterUserCredential",
        "run workloads in",
        [OPEN_CLUSTER],
        ["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"],
    ),
];
