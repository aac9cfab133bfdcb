import { X509Certificate, createPrivateKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import writeFileAtomic from "write-file-atomic";

const DAY = 86_400_000;

/** The library that issues certificates is loaded only when one must be issued. */
const issuing = () => import("./issue-certificate.ts");

/** A certificate and its private key, both PEM. */
export interface Certificate {
    readonly cert: string;
    readonly key: string;
}

/** Where a certificate and its key are kept. */
export interface CertificateFiles {
    readonly cert: string;
    readonly key: string;
}

const read = ({ cert, key }: CertificateFiles): Certificate | undefined =>
    existsSync(cert) && existsSync(key)
        ? { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") }
        : undefined;

const write = (files: CertificateFiles, { cert, key }: Certificate): void => {
    writeFileAtomic.sync(files.key, key, { mode: 0o600 });
    writeFileAtomic.sync(files.cert, cert, { mode: 0o644 });
};

/** The certificate, when its key belongs to it. */
const parse = ({ cert, key }: Certificate): X509Certificate => {
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error("the key belongs to another certificate");
    return certificate;
};

const lastsFor = (certificate: X509Certificate, time: number, now: number): boolean =>
    certificate.validToDate.getTime() > now + time;

/**
 * The certificate authority kept in two files, made anew when it ends within 30 days.
 * @throws when a file is damaged
 */
export const openAuthority = async (files: CertificateFiles, now: number): Promise<Certificate> => {
    const kept = read(files);
    try {
        if (kept && lastsFor(parse(kept), 30 * DAY, now)) return kept;
    } catch (error) {
        throw new Error(
            `the sandbox's certificate authority in '${files.cert}' and '${files.key}' is damaged; ` +
                "delete both files for a new one",
            { cause: error },
        );
    }
    const authority = await (await issuing()).createAuthority(now);
    write(files, authority);
    return authority;
};

const isGood = (kept: Certificate, authority: Certificate, now: number): boolean => {
    try {
        const certificate = parse(kept);
        return certificate.verify(new X509Certificate(authority.cert).publicKey) && lastsFor(certificate, DAY, now);
    } catch {
        return false;
    }
};

/** The server's certificate kept in two files; made anew when it ends, is damaged, or another authority signed it. */
export const openServerCertificate = async (
    files: CertificateFiles,
    authority: Certificate,
    now: number,
): Promise<Certificate> => {
    const kept = read(files);
    if (kept && isGood(kept, authority, now)) return kept;
    const certificate = await (await issuing()).issueServerCertificate(authority, now);
    write(files, certificate);
    return certificate;
};
