import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Certificate } from "./certificates.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY = 86_400_000;

x509.cryptoProvider.set(webcrypto);

const keyPair = (): Promise<webcrypto.CryptoKeyPair> =>
    webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

const exportKey = async (key: webcrypto.CryptoKey): Promise<string> =>
    x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");

const importKey = (pem: string): Promise<webcrypto.CryptoKey> => {
    const [der] = x509.PemConverter.decode(pem);
    if (!der) throw new Error("expected a PEM private key");
    return webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, true, ["sign"]);
};

const serialNumber = (): string =>
    Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
        .toString("hex")
        .replace(/^./, "1");

/** A new certificate authority, good for a year. */
export const createAuthority = async (now: number): Promise<Certificate> => {
    const keys = await keyPair();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: serialNumber(),
        name: "CN=Leastwise sandbox certificate authority",
        notBefore: new Date(now - DAY),
        notAfter: new Date(now + 365 * DAY),
        signingAlgorithm: ALGORITHM,
        keys,
        extensions: [
            new x509.BasicConstraintsExtension(true, 0, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
            await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
    });
    return { cert: certificate.toString("pem"), key: await exportKey(keys.privateKey) };
};

/** A server certificate for this machine's own names, good for 30 days. */
export const issueServerCertificate = async (authority: Certificate, now: number): Promise<Certificate> => {
    const keys = await keyPair();
    const issuer = new x509.X509Certificate(authority.cert);
    const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: "CN=localhost",
        issuer: issuer.subject,
        notBefore: new Date(now - DAY),
        notAfter: new Date(now + 30 * DAY),
        signingAlgorithm: ALGORITHM,
        publicKey: keys.publicKey,
        signingKey: await importKey(authority.key),
        extensions: [
            new x509.BasicConstraintsExtension(false, undefined, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
            new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
            new x509.SubjectAlternativeNameExtension([
                { type: "dns", value: "localhost" },
                { type: "ip", value: "127.0.0.1" },
                { type: "ip", value: "::1" },
            ]),
            await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
        ],
    });
    return { cert: certificate.toString("pem"), key: await exportKey(keys.privateKey) };
};
