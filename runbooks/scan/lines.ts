/** Line numbers of places in a text. */
export class Lines {
    private readonly starts: readonly number[];

    constructor(text: string) {
        const starts = [0];
        for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
        this.starts = starts;
    }

    /** The line, from 1, that holds a place. */
    at(place: number): number {
        let low = 0;
        let high = this.starts.length;
        while (high - low > 1) {
            const middle = (low + high) >> 1;
            if ((this.starts[middle] ?? 0) <= place) low = middle;
            else high = middle;
        }
        return low + 1;
    }
}
