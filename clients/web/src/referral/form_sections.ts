import { ReferralSection } from "@api/events/v1/referral_event_pb.js";

export interface FormField {
  // By which the server names it.
  name: string;
  label: string;
  // Whether the council misses it when it is empty.
  isNeeded: boolean;
}

export interface FormSection {
  // In the address.
  id: string;
  section: ReferralSection;
  heading: string;
  fields: readonly FormField[];
}

const needed = (name: string, label: string): FormField => ({ name, label, isNeeded: true });
const ifKnown = (name: string, label: string): FormField => ({ name, label, isNeeded: false });

// The council's form, section by section. The same as in
// services/casework/domain/referral_form.cc, which a test holds.
export const FORM_SECTIONS: readonly FormSection[] = [
  {
    id: "referrer",
    section: ReferralSection.REFERRER,
    heading: "Who refers",
    fields: [
      needed("name", "Name"),
      needed("role", "Role"),
      needed("organisation", "Organisation"),
      ifKnown("address", "Address"),
      needed("telephone", "Telephone"),
      needed("email", "E-mail"),
      ifKnown("case_manager", "Person managing the case, if another"),
      needed("subject_aware", "Is the adult aware of the referral"),
    ],
  },
  {
    id: "subject",
    section: ReferralSection.SUBJECT,
    heading: "The adult",
    fields: [
      needed("name", "Name"),
      needed("date_of_birth", "Date of birth"),
      ifKnown("sex", "Sex"),
      ifKnown("ethnicity", "Ethnicity"),
      ifKnown("home_address", "Home address"),
      needed("job_title", "Job title"),
      needed("workplace", "Workplace"),
      ifKnown("length_of_service", "Length of service"),
      needed("basis", "Permanent, fixed term, agency or volunteer"),
      needed("employer", "Employer"),
      ifKnown("other_contact", "Other contact with children, at work or as a volunteer"),
      ifKnown("own_children", "Own children or children cared for"),
      ifKnown("previous_concerns", "Previous allegations or concerns"),
    ],
  },
  {
    id: "children",
    section: ReferralSection.CHILDREN,
    heading: "The child or children",
    fields: [
      needed("name", "Name"),
      needed("date_of_birth", "Date of birth"),
      ifKnown("sex", "Sex"),
      ifKnown("address", "Address"),
      needed("school", "School"),
      ifKnown("needs", "Disability or special educational needs"),
      ifKnown("ethnicity", "Ethnicity"),
      ifKnown("first_language", "First language"),
      ifKnown("social_worker", "Known to social care, and the social worker"),
      ifKnown("pupil_number", "Unique pupil number"),
      needed("parents", "Parents or carers"),
      needed("parents_told", "Were the parents told"),
    ],
  },
  {
    id: "who-alleged",
    section: ReferralSection.WHO_ALLEGED,
    heading: "Who alleged it",
    fields: [
      needed("name", "Name"),
      ifKnown("relation", "Relation to the child and to the adult"),
      needed("reported_to", "Reported to whom, and how"),
      needed("reported_at", "Reported when"),
    ],
  },
  {
    id: "allegation",
    section: ReferralSection.ALLEGATION,
    heading: "What is alleged",
    fields: [
      needed("when", "Date and time of each incident"),
      needed("place", "Place"),
      needed("category", "Physical, emotional, sexual, neglect or conduct"),
      ifKnown("incidents", "How many incidents"),
      ifKnown("injury", "Injury"),
      ifKnown("physical_intervention", "Was it a physical intervention"),
      needed("account", "Full account"),
      ifKnown("witnesses", "Witnesses"),
    ],
  },
  {
    id: "threshold",
    section: ReferralSection.THRESHOLD,
    heading: "Harm threshold",
    fields: [
      needed("limbs", "Limbs of the harm threshold that are relied on"),
      needed("reasons", "Why, or why you are unsure"),
    ],
  },
  {
    id: "action-so-far",
    section: ReferralSection.ACTION_SO_FAR,
    heading: "Action so far",
    fields: [
      ifKnown("fact_finding", "Fact-finding"),
      needed("safeguarding", "How the child is kept safe"),
      ifKnown("suspension", "Suspension, and alternatives considered"),
      needed("police", "Were the police told; their log number"),
      needed("social_care", "Was social care told"),
      ifKnown("subject_told", "What the adult was told"),
      ifKnown("hr_contact", "Contact for human resources"),
      ifKnown("chair_of_governors", "Chair of Governors"),
    ],
  },
];
