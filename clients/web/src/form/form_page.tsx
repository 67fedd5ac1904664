import type { ComponentChildren } from "preact";
import { Page } from "../page/page.js";
import { ConflictPanel } from "./conflict_panel.js";
import { ErrorSummary } from "./error_summary.js";
import type { Field, Typed } from "./field.js";
import { Fields } from "./fields.js";
import { messagesOf } from "./problem.js";
import { SendButton } from "./send_button.js";
import { type AskBeforeSending, type Sending, useForm } from "./use_form.js";

interface FormPageProps {
  heading: string;
  caption?: string;
  back: { to: string; text: string };
  // The name under which what is typed is kept until it is sent.
  draft: string;
  fields: readonly Field[] | ((typed: Typed) => readonly Field[]);
  initial?: Typed;
  // The revision of what the person sees and changes.
  seen?: bigint | undefined;
  submit: string;
  warning?: boolean;
  send(sending: Sending): Promise<void>;
  askBeforeSending?: AskBeforeSending;
  // What is said before the fields.
  children?: ComponentChildren;
}

// A page with one form that does one thing.
export function FormPage(props: FormPageProps) {
  const { heading, caption, back, draft, submit, children } = props;
  const form = useForm({
    draft,
    fields: props.fields,
    ...(props.initial === undefined ? {} : { initial: props.initial }),
    seen: props.seen,
    send: props.send,
    askBeforeSending: props.askBeforeSending,
  });
  const conflict = form.problem.failure?.conflict;
  return (
    <Page heading={heading} {...(caption === undefined ? {} : { caption })} back={back}>
      <ErrorSummary problem={form.problem} />
      {conflict && (
        <ConflictPanel conflict={conflict} busy={form.busy} onSendAfter={form.sendAfter} />
      )}
      {form.doubt}
      {children}
      {form.ready && (
        <form onSubmit={form.submit} noValidate>
          <Fields
            fields={form.fields}
            typed={form.typed}
            errors={messagesOf(form.problem)}
            onTyped={form.change}
          />
          <SendButton text={submit} busy={form.busy} warning={props.warning ?? false} />
        </form>
      )}
    </Page>
  );
}
