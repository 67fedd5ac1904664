import type { Session } from "@api/v1/access_service_pb.js";
import type { RegisterEntry } from "@api/v1/register_pb.js";
import { IMAGE_ACTIONS, IMAGE_FORMS } from "./images.js";
import { JUSTIFICATION_ACTIONS, JUSTIFICATION_FORMS } from "./justifications.js";
import { PERMISSION_ACTIONS, PERMISSION_FORMS } from "./permissions.js";
import { PHONE_ACTIONS, PHONE_FORMS } from "./phones.js";
import { PHOTO_CONSENT_ACTIONS, PHOTO_CONSENT_FORMS } from "./photo_consents.js";
import type { EntryAction, RegisterForm } from "./register_form.js";
import { SOCIAL_CONTACT_ACTIONS, SOCIAL_CONTACT_FORMS } from "./social_contacts.js";

export const REGISTER_FORMS: readonly RegisterForm[] = [
  ...PERMISSION_FORMS,
  ...JUSTIFICATION_FORMS,
  ...SOCIAL_CONTACT_FORMS,
  ...PHONE_FORMS,
  ...PHOTO_CONSENT_FORMS,
  ...IMAGE_FORMS,
];

export const ENTRY_ACTIONS: readonly EntryAction[] = [
  ...PERMISSION_ACTIONS,
  ...JUSTIFICATION_ACTIONS,
  ...SOCIAL_CONTACT_ACTIONS,
  ...PHONE_ACTIONS,
  ...PHOTO_CONSENT_ACTIONS,
  ...IMAGE_ACTIONS,
];

export function formsFor(session: Session): RegisterForm[] {
  return REGISTER_FORMS.filter((form) => form.isFor?.(session) ?? true);
}

export function actionsFor(entry: RegisterEntry, session: Session): EntryAction[] {
  return ENTRY_ACTIONS.filter(
    (action) =>
      action.register === entry.inRegister &&
      action.stages.includes(entry.stage) &&
      (action.isFor?.(entry, session) ?? true),
  );
}
