/** One term of a claims expression: `claims['sub'] matches 'repo:contoso/*'`. */
export interface Term {
    readonly claim: string;
    readonly value: string;
}

const TERM = /^claims\[(['"])(\w+)\1\]\s+(eq|matches)\s+(['"])(.*)\4$/is;

/** Entra takes no longer one by far. */
const MOST_LENGTH = 2_000;

/** An exact value may hold what a pattern reads as a wildcard; no issuer writes such a one. */
const termOf = (text: string): Term | undefined => {
    const [, , claim, , , value] = TERM.exec(text.trim()) ?? [];
    return claim === undefined || value === undefined ? undefined : { claim: claim.toLowerCase(), value };
};

/**
 * The terms of a claims expression, all of which a token must meet; undefined for one that cannot be read.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export const readExpression = (text: string): readonly Term[] | undefined => {
    if (text.length > MOST_LENGTH) return undefined;
    const terms = text.split(/\s+and\s+(?=claims\[)/i).map(termOf);
    return terms.every(term => term !== undefined) ? terms : undefined;
};
