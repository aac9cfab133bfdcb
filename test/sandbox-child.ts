import { startSandbox } from "../sandbox/server.ts";

const sandbox = await startSandbox({ stateFile: String(process.argv[2]), deployerPermissions: ["User.ReadWrite.All"] });
const token = await sandbox.token("https://graph.microsoft.com");
process.once("SIGTERM", () => void sandbox.close());
console.log(JSON.stringify({ url: sandbox.url, caFile: sandbox.caFile, token }));
