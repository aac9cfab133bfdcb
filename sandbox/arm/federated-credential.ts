import type { Cloud } from "../cloud.ts";
import { deleteResource, listResources, readResource } from "./crud.ts";
import { badRequest, conflict, textAt } from "./request.ts";
import type { ArmRequest, ArmResponse } from "./request.ts";
import type { Write, Written } from "./resource-type.ts";
import { writeResource } from "./write.ts";

const MOST_CREDENTIALS = 20;

/** How long one write of a federated credential keeps others on its identity out, in milliseconds. */
const WRITE_TAKES = 20;

/** Judges a write of a federated credential. */
export const writeCredential = (write: Write): Written => {
    const { cloud, target, properties, name } = write;
    const issuer = textAt(properties, "issuer");
    const subject = textAt(properties, "subject");
    const { audiences } = properties;
    if (!issuer || !URL.canParse(issuer) || !issuer.startsWith("https://")) {
        throw badRequest(
            "InvalidFederatedIdentityCredentialIssuer",
            `The issuer '${issuer ?? ""}' is not valid; expected an https URL.`,
        );
    }
    if (!subject)
        throw badRequest(
            "InvalidFederatedIdentityCredentialSubject",
            "The subject of the credential may not be empty.",
        );
    if (
        !Array.isArray(audiences) ||
        audiences.length !== 1 ||
        typeof audiences[0] !== "string" ||
        audiences[0] === ""
    ) {
        throw badRequest(
            "InvalidFederatedIdentityCredentialAudiences",
            "The audiences of the credential must be a list of exactly one audience.",
        );
    }
    const others = cloud.resources
        .by("parent", target.parent.toLowerCase())
        .filter(other => other.name.toLowerCase() !== name.toLowerCase());
    if (!write.existing && others.length >= MOST_CREDENTIALS) {
        throw conflict(
            "FederatedIdentityCredentialsLimitExceeded",
            `The managed identity '${target.parent}' has ${others.length} federated identity credentials; ${MOST_CREDENTIALS} are allowed.`,
        );
    }
    const twin = others.find(({ properties: p }) => p["issuer"] === issuer && p["subject"] === subject);
    if (twin) {
        throw conflict(
            "FederatedIdentityCredentialAlreadyExists",
            `Federated identity credential '${twin.name}' of the managed identity '${target.parent}' already has issuer '${issuer}' and subject '${subject}'. Issuer and subject combination already exists for this Managed Identity.`,
        );
    }
    return { properties: { issuer, subject, audiences } };
};

const writing = new WeakMap<Cloud, Set<string>>();

/** Runs one write on an identity's credentials at a time; a second one that arrives meanwhile is refused. */
const alone = async (request: ArmRequest, run: () => ArmResponse): Promise<ArmResponse> => {
    const busy = writing.get(request.cloud) ?? new Set();
    writing.set(request.cloud, busy);
    const identity = request.target.parent.toLowerCase();
    if (busy.has(identity)) {
        throw conflict(
            "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
            `Too many Federated Identity Credentials are written concurrently for the managed identity '${request.target.parent}'. ` +
                "Concurrent Federated Identity Credentials writes under the same managed identity are not supported.",
        );
    }
    busy.add(identity);
    try {
        await new Promise(done => setTimeout(done, WRITE_TAKES));
        return run();
    } finally {
        busy.delete(identity);
    }
};

/** Federated credentials are written one at a time. */
export const serveCredential = (request: ArmRequest): ArmResponse | Promise<ArmResponse> => {
    const { target, method } = request;
    if (target.name === undefined) return listResources(request);
    if (method === "PUT") return alone(request, () => writeResource(request));
    if (method === "DELETE") return alone(request, () => deleteResource(request));
    return readResource(request);
};
