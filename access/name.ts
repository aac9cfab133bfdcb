import { closest, distance } from "fastest-levenshtein";

/** The candidate nearest to a misspelled name, or undefined when none is near enough to be meant. */
export const nearest = (name: string, candidates: readonly string[]): string | undefined => {
    if (candidates.length === 0) return undefined;
    const lower = name.toLowerCase();
    const byLower = new Map(candidates.map(candidate => [candidate.toLowerCase(), candidate]));
    const found = closest(lower, [...byLower.keys()]);
    return distance(lower, found) <= Math.max(2, Math.ceil(name.length / 3)) ? byLower.get(found) : undefined;
};

/** `; did you mean 'User.Read.All'?`, or nothing when no candidate is near. */
export const didYouMean = (name: string, candidates: readonly string[]): string => {
    const match = nearest(name, candidates);
    return match === undefined ? "" : `; did you mean '${match}'?`;
};
