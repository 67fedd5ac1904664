// What tests/web/run says in the environment.

function said(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start the tests by tests/web/run`);
  return value;
}

export const homeOfSchools = () => said("WARDBOOK_WEB_HOME");

export const picturesFolder = () => said("WARDBOOK_WEB_PICTURES");

// Empty where the client that is compiled into the server is meant.
export const clientFolder = () => said("WARDBOOK_WEB_CLIENT");

export const typesAsPeopleDo = () => process.env.WARDBOOK_WEB_TYPING === "real";
