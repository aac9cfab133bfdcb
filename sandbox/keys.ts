import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK } from "jose";
import type { CryptoKey, JWK } from "jose";
import writeFileAtomic from "write-file-atomic";
import { openAuthority, openServerCertificate } from "./certificates.ts";
import type { Certificate } from "./certificates.ts";

/** The secrets of one sandbox. They live in files of their own (mode 0600), never in the state file. */
export interface Keys {
    readonly caFile: string;
    /** For this machine's own names, signed by the authority. */
    readonly server: Certificate;
    /** Signs tokens, RS256. */
    readonly signing: CryptoKey;
    readonly verification: CryptoKey;
    readonly publicJwk: JWK;
    /** A secret of this sandbox for a purpose, the same at each start. */
    secret(purpose: string): string;
}

const ALGORITHM = "RS256";

const openSigningKey = async (file: string): Promise<JWK> => {
    if (existsSync(file)) {
        try {
            const jwk = JSON.parse(readFileSync(file, "utf8")) as JWK;
            await importJWK(jwk, ALGORITHM);
            return jwk;
        } catch (error) {
            throw new Error(`the sandbox's signing key '${file}' is damaged; delete the file for a new one`, {
                cause: error,
            });
        }
    }
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const jwk = await exportJWK(privateKey);
    writeFileAtomic.sync(file, JSON.stringify(jwk), { mode: 0o600 });
    return jwk;
};

/**
 * Opens the keys kept in a folder, or makes them.
 * @throws when a file is damaged
 */
export const openKeys = async (folder: string, now: number): Promise<Keys> => {
    const caFile = join(folder, "ca.pem");
    const authority = await openAuthority({ cert: caFile, key: join(folder, "ca.key") }, now);
    const serverFiles = { cert: join(folder, "server.pem"), key: join(folder, "server.key") };
    const jwk = await openSigningKey(join(folder, "signing.jwk"));
    const { kty = "", n = "", e = "", d = "" } = jwk;
    const publicJwk: JWK = { kty, n, e, alg: ALGORITHM, use: "sig", kid: "sandbox" };
    return {
        caFile,
        server: await openServerCertificate(serverFiles, authority, now),
        signing: (await importJWK(jwk, ALGORITHM)) as CryptoKey,
        verification: (await importJWK(publicJwk, ALGORITHM)) as CryptoKey,
        publicJwk,
        secret: purpose => createHmac("sha256", d).update(purpose).digest("base64url"),
    };
};
