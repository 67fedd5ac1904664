import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { clientFolder, homeOfSchools } from "./surroundings";

const run = promisify(execFile);

// Starting reads the whole log; killed servers leave some of it to be read again.
const START_MS = 60_000;
const POLL_MS = 50;

// The people of deploy/school.bash, and the administrator.
export const USERS = [
  "petra",
  "amara",
  "tomasz",
  "helen",
  "mira",
  "idris",
  "jonah",
  "ruth",
  "lena",
  "owen",
] as const;

export type User = (typeof USERS)[number];

// A copy of a school that was made beforehand, and the server that keeps it.
export class School {
  readonly #home: string;
  readonly #signedIn = new Map<User, Promise<void>>();
  #process: ChildProcess | undefined;
  #port = 0;

  private constructor(home: string) {
    this.#home = home;
  }

  static async open(kind: "demo" | "new"): Promise<School> {
    const home = mkdtempSync(join(homeOfSchools(), `${kind}-`));
    cpSync(join(homeOfSchools(), kind), home, { recursive: true });
    const school = new School(home);
    await school.start();
    return school;
  }

  get origin(): string {
    return `https://localhost:${this.#port}`;
  }

  get certificateFile(): string {
    return join(this.#home, "keys/tls.crt");
  }

  get keyFile(): string {
    return join(this.#home, "keys/tls.key");
  }

  get log(): string {
    return readFileSync(join(this.#home, "server.log"), "utf8");
  }

  password(user: User): string {
    return readFileSync(join(this.#home, "passwords", user), "utf8").trim();
  }

  // On the port that it had before, if it had one: browsers come back to the same address.
  async start(): Promise<void> {
    const portFile = join(this.#home, "port");
    rmSync(portFile, { force: true });
    const log = openSync(join(this.#home, "server.log"), "a");
    const client = clientFolder();
    const child = spawn(
      "wardbookd",
      [
        "run",
        ...["--data", join(this.#home, "data"), "--keys", join(this.#home, "keys")],
        ...["--listen", `127.0.0.1:${this.#port}`, "--port-file", portFile],
        ...(client === "" ? [] : ["--web", client]),
      ],
      { stdio: ["ignore", log, log] },
    );
    this.#process = child;
    const givenUp = Date.now() + START_MS;
    let port = portIn(portFile);
    while (port === undefined) {
      if (child.exitCode !== null || Date.now() > givenUp) {
        throw new Error(`the server did not start:\n${this.log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      port = portIn(portFile);
    }
    this.#port = port;
  }

  // As when somebody pulls the plug: nothing is said to anybody.
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  stop(): Promise<void> {
    return this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill(signal);
    });
  }

  async #signIn(user: User): Promise<void> {
    const args = [
      ...["sign-in", "--server", `127.0.0.1:${this.#port}`, "--ca", this.certificateFile],
      ...["--school", "oakfield", "--user", user, "--password-stdin"],
    ];
    const signingIn = run("wardbook", args, { env: this.#environment(user) });
    signingIn.child.stdin?.end(`${this.password(user)}\n`);
    await signingIn;
  }

  #environment(user: User): NodeJS.ProcessEnv {
    return { ...process.env, WARDBOOK_CONFIG_DIR: join(this.#home, "people", user) };
  }

  // What is set up beforehand and is not what a test shows: by the command line, as JSON.
  async as(user: User, ...command: string[]): Promise<Record<string, unknown>> {
    let signedIn = this.#signedIn.get(user);
    if (signedIn === undefined) {
      signedIn = this.#signIn(user);
      this.#signedIn.set(user, signedIn);
    }
    await signedIn;
    const { stdout } = await run("wardbook", ["--json", ...command], {
      env: this.#environment(user),
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trim() === "" ? {} : (JSON.parse(stdout) as Record<string, unknown>);
  }

  // A copy of the server's data as it is now, for which the server has to be stopped.
  async backUp(): Promise<void> {
    await this.stop();
    cpSync(join(this.#home, "data"), join(this.#home, "backup"), { recursive: true });
    await this.start();
  }

  // As somebody does who has the machine, and wants what came after the copy not to have been:
  // also the checkpoints are those of the copy, by which the server would know.
  async putBack(): Promise<void> {
    await this.stop();
    rmSync(join(this.#home, "data"), { recursive: true });
    cpSync(join(this.#home, "backup"), join(this.#home, "data"), { recursive: true });
    this.#signedIn.clear();
    await this.start();
  }

  // Gives the server another key to sign with, as when the old one was seen by somebody else, and
  // gives back the verifier key that goes with it.
  async changeSigningKey(): Promise<string> {
    await this.stop();
    const made = join(this.#home, "other-keys");
    await run("wardbookd", ["init", "--keys", made, "--name", "demo.wardbook.example"]);
    for (const name of ["signing.key", "verifier.key"]) {
      cpSync(join(made, name), join(this.#home, "keys", name));
    }
    // The former key has signed it.
    rmSync(join(this.#home, "data/checkpoints"), { recursive: true });
    await this.start();
    return readFileSync(join(made, "verifier.key"), "utf8").trim();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

function portIn(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, "utf8"));
    return port > 0 ? port : undefined;
  } catch {
    return undefined;
  }
}
