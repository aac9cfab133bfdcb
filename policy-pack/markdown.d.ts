/** A text of the pack, which its bundle carries. */
declare module "*.md" {
    const text: string;
    export default text;
}
