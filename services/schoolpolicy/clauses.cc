#include "services/schoolpolicy/clauses.h"

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace wardbook::schoolpolicy {
namespace {

constexpr Clause kClauses[] = {
    {"P01", "The policy is approved, signed and dated",
     "Date approved: September 2022. Next Review: July 2023. Signed: Chair of Governors. Signed: "
     "Headteacher.",
     "Headteacher, Chair of Governors", ClauseForce::kRule,
     "A version is in force only with the signatures of two people, the Headteacher and the Chair, "
     "a day of approval and a day of review. An approved version never changes: an edit is a new "
     "draft. Every case holds the version in force when it happened and when it was decided."},
    {"P02", "The policy is reviewed annually",
     "Due to the ever changing nature of information and communication technologies it is best "
     "practice that this policy be reviewed annually.",
     "Headteacher, Governing Body", ClauseForce::kAdvice,
     "The next review is at most twelve months away. Reminders come 60, 30 and 0 days before it. "
     "An overdue review is shown everywhere and blocks nothing."},
    {"P03", "All employees keep to the policy",
     "All employees must adhere to, and apply the principles of the policy in all aspects of their "
     "work.",
     "All staff", ClauseForce::kRule,
     "Each person acknowledges each version, for themselves only. A new version asks again, and "
     "the leadership sees who has not yet."},
    {"P04", "Whom the policy binds",
     "To set out the key principles and code of conduct expected of all members of staff, "
     "governors, Friends and volunteers at [the school] with respect to social networking.",
     "Staff, governors, Friends, volunteers; for phones also parents and visitors",
     ClauseForce::kRule,
     "The register of people has a category for each of them, and a report can be about any of "
     "them."},
    {"P05", "Employees are reminded of the danger of cyber-bullying",
     "All employees are reminded of the need to protect themselves from the potential threat of "
     "cyber-bullying.",
     "Headteacher, leadership", ClauseForce::kRule,
     "The leadership issues a reminder at least once a year and for every version; each person "
     "acknowledges it. The status says when one is due."},
    {"P06", "No communicating with children via social networking",
     "Anyone working in the school either as a paid employee or volunteer must not communicate "
     "with children via social networking. Never 'friend' a pupil at the school where they are "
     "working onto their social networking site.",
     "Staff, volunteers", ClauseForce::kRule,
     "A report under this clause asks first whether the harm threshold is met. A declared social "
     "contact is shown beside it and never dismisses it."},
    {"P07", "No reference online to the school or its people",
     "Under no circumstances should staff make reference to any staff member, pupil, parent or "
     "school activity/event. It is also completely unacceptable to communicate on social media "
     "about the school or any member of the school community in or out of work on personally owned "
     "equipment.",
     "Staff", ClauseForce::kRule, "A category of breach, which is investigated."},
    {"P08", "Nothing that damages the school or its people",
     "The posting of any communication or images which links the school to any form of illegal "
     "conduct or which may damage the reputation of the school. This includes defamatory comments. "
     "Do not make any derogatory, defamatory, rude, threatening or inappropriate comments about "
     "the school, or anyone at or connected with the school.",
     "Everyone at the school", ClauseForce::kRule, "A category of breach, which is investigated."},
    {"P09", "No disclosure of confidential information",
     "The disclosure of confidential or business-sensitive information; or the disclosure of "
     "information or images that could compromise the security of the school.",
     "Everyone at the school", ClauseForce::kRule,
     "A category of breach, which is investigated. The leadership is asked whether personal data "
     "was disclosed and has to be reported."},
    {"P10", "No images of people in school activities",
     "The posting of any images of employees, children, governors or anyone directly connected "
     "with the school whilst engaged in school activities.",
     "Everyone at the school", ClauseForce::kRule,
     "A category of breach, which is investigated. If a child is shown, consent is looked up and "
     "the safeguarding lead is told."},
    {"P11", "Allegations online about others",
     "Making allegations on social networking sites (even in their own time and in their own "
     "homes) about other employees, children or other individuals connected with the school, or "
     "another school, [the] Diocese or Lancashire County Council could result in formal action "
     "being taken against them. This includes the uploading of photographs which might put the "
     "school into disrepute.",
     "Staff", ClauseForce::kRule,
     "A category of breach, which is investigated. Its target can be another school, the Diocese "
     "or the council, and that they were told is recorded."},
    {"P12", "Safer behaviour online",
     "Use social networking sites responsibly and ensure that neither their personal nor "
     "professional reputation, nor the school's reputation is compromised by inappropriate "
     "postings. Are aware of the potential of on-line identity fraud and to be cautious when "
     "giving out personal information about themselves. Make sure that high levels of privacy are "
     "set if they choose to use social media.",
     "Everyone at the school", ClauseForce::kAdvice,
     "The acknowledgement has a tick-list. No account or handle is ever asked for, and a point "
     "left open refuses nothing."},
    {"P13", "Staff review their own sites when they join",
     "All staff, particularly new staff, should review their social networking sites when they "
     "join the school to ensure that information available publicly about them is accurate and "
     "appropriate.",
     "All staff, particularly new staff", ClauseForce::kAdvice,
     "Joining opens a task; confirming it closes it. Who is overdue is listed, and nothing waits "
     "for it."},
    {"P14", "Report and record what might be misinterpreted",
     "School staff should always maintain appropriate professional boundaries and avoid behaviour, "
     "during their use of the internet and other communication technologies, which might be "
     "misinterpreted by others. They should report and record any incident with this potential.",
     "Staff", ClauseForce::kRule,
     "A short report of one's own act. It is added to and never withdrawn, and it never goes to "
     "the person who made it."},
    {"P15", "Log-ins and passwords are never shared",
     "Staff should never share their work log-ins or passwords with other people.", "Staff",
     ClauseForce::kRule,
     "Everybody has an account of their own. The administrator never learns a password, shared "
     "accounts are not made, and another person's work is done by role."},
    {"P16", "Personal devices are not used where children are",
     "Personal mobile phones, cameras and video recorders must not be used when children are "
     "present. All mobile phones must be kept in a secure place (not in a pocket), switched off "
     "and not be accessed throughout contact time with the children. Personal mobiles, cameras or "
     "video recorders cannot be used to record classroom activities.",
     "Staff, volunteers", ClauseForce::kRule,
     "A category of breach, which is investigated. An exception under P28 in force at that minute "
     "is shown beside it."},
    {"P17", "No mobile phones in public areas",
     "Staff, parents and visitors are prohibited from using mobile phones in public areas around "
     "school and on school premises.",
     "Staff, parents, visitors", ClauseForce::kRule,
     "A category of breach, which may be about a parent or a visitor."},
    {"P18", "No pornography on school or personal equipment at work",
     "Staff should not use equipment belonging to their school/service to access any pornography; "
     "neither should personal equipment containing these images or links to them be brought into "
     "the workplace.",
     "Staff", ClauseForce::kRule, "A category of breach that opens the gates of P36 to P41 first."},
    {"P19", "Only the school's phone and e-mail",
     "Communicate with children and parents in an open and transparent way using the school phone "
     "number and email address. Staff should not give their personal e-mail addresses to children "
     "or parents.",
     "Staff", ClauseForce::kRule,
     "Contacts on a case name their channel, and a personal one is refused. The service itself "
     "sends no notice to anybody: what waits is shown to whoever signs in."},
    {"P20", "Every breach is fully investigated",
     "Any breaches of this policy will be fully investigated.", "Headteacher, leadership",
     ClauseForce::kRule,
     "A breach is not closed without a finding or a recorded bar. No finding comes from the person "
     "it is about or from a witness."},
    {"P21", "A breach may lead to the Disciplinary Procedure",
     "Where it is found that there has been a breach of the policy this may result in action being "
     "taken under the Disciplinary Procedure. A breach of this policy will be considered to be a "
     "serious disciplinary offence.",
     "Headteacher, the employer", ClauseForce::kRule,
     "A finding of breach needs a recorded decision either way before the case is closed. Only the "
     "reference of a hearing is held."},
    {"P22", "The Governing Body takes appropriate action",
     "The Governing Body will take appropriate action in order to protect the school's reputation "
     "and that of its staff, parents, governors, children and anyone else directly linked to the "
     "school.",
     "Chair of Governors, Governing Body", ClauseForce::kRule,
     "The Governing Body is told that there is a matter, in words that name nobody, and how many "
     "cases there are of a kind; what it does is recorded by the reference of the minute. It is "
     "not given the content of a case."},
    {"P23", "A deviation may question suitability",
     "Anyone whose practice deviates from this document and/or their professional or "
     "employment-related code of conduct may bring into question their suitability to work with "
     "children and young people and may result in disciplinary action being taken against them.",
     "Staff", ClauseForce::kRule,
     "Once the question is raised, the case is not closed without a decision about the harm "
     "threshold."},
    {"P24", "Departing from the policy is justified to the Headteacher",
     "There may be times when professional judgements are made in situations not covered by this "
     "document, or which directly contravene the standards outlined in this document. It is "
     "expected that in these circumstances staff will always advise the Headteacher of the "
     "justification for any such action already taken or proposed.",
     "Staff, Headteacher", ClauseForce::kRule,
     "A justification says what was done or is proposed, when, and why. It is not edited "
     "afterwards, and the Headteacher's own goes to the Chair."},
    {"P25", "The Headteacher seeks advice where appropriate",
     "The Headteacher will in turn seek advice from Lancashire Safeguarding, where appropriate.",
     "Headteacher", ClauseForce::kRule,
     "A justification is closed only with a decision about advice: sought, or why it was not "
     "appropriate."},
    {"P26", "Social networking at work is authorised first",
     "Blogging and accessing social networking sites at work or at home using school equipment is "
     "not permitted, unless for professional purposes and authorised by the Headteacher.",
     "Staff, Headteacher", ClauseForce::kRule,
     "A permission of the Headteacher alone, for a professional purpose, from a day to a day, "
     "never granted backwards or to oneself."},
    {"P27", "The school's name and logo need written permission first",
     "The use of the school's name, logo, or any other published material without written prior "
     "permission from the Headteacher. This applies to any published material including the "
     "internet or written documentation.",
     "Everyone at the school, Headteacher", ClauseForce::kRule,
     "A written permission of the Headteacher that precedes the first use. A use without it is a "
     "breach or a justification."},
    {"P28", "A phone kept on is agreed first",
     "In exceptional circumstances, which have been discussed and agreed with a member of the "
     "leadership team, staff may keep their phone switched on and accessible as long as they use "
     "their phone out of view of children, i.e. in a room designated for staff, e.g. the staff "
     "room, an office or the PPA room.",
     "Staff, leadership", ClauseForce::kRule,
     "A permission that was discussed and agreed, by another person of the leadership, for rooms "
     "of the staff, with an end."},
    {"P29", "The office keeps a child's phone with prior consent",
     "In exceptional circumstances, parents may ask for the office staff to keep safe a child's "
     "mobile phone, but consent from the Headteacher must be granted first.",
     "Parents, office staff, Headteacher", ClauseForce::kRule,
     "Custody on this ground names a consent of the Headteacher that is in force."},
    {"P30", "Phones on school visits are for emergencies",
     "During school visits mobile phones should be used away from the children and for emergency "
     "purposes only.",
     "Staff", ClauseForce::kRule,
     "A use is logged with its emergency; without one it is a report under P16."},
    {"P31", "Photographs of children need consent first",
     "Photographs or images of any children within our care may only be taken following parental "
     "consent and only using one of the school cameras / i-pads.",
     "Staff, parents", ClauseForce::kRule,
     "A capture is logged only with consent in force at that moment for every child shown. "
     "Withdrawing consent works forwards. It never stops evidence of abuse from being filed."},
    {"P32", "Only school property records children",
     "Personal mobiles, cameras or video recorders cannot be used to record classroom activities. "
     "ONLY school property can be used for this.",
     "Staff", ClauseForce::kRule, "A capture names a device of the register that is not retired."},
    {"P33", "Images stay in the school or go to the child's parents",
     "These images should remain within this setting or be shared only with the parents of the "
     "child concerned. School photographs and recordings can only be transferred to, and stored on "
     "a school computer.",
     "Staff", ClauseForce::kRule,
     "Sharing names a parent of a child shown, and storing a school computer; any other place is "
     "refused."},
    {"P34", "Social contacts are made known",
     "These contacts however, will be easily recognised and openly acknowledged. Staff have a "
     "responsibility to make any such contact known to the senior leadership team.",
     "Staff, senior leadership", ClauseForce::kRule,
     "A declaration is acknowledged by another person of the leadership, and never deleted. It is "
     "shown beside later cases."},
    {"P35", "Pupils' phones are kept in the main office",
     "Children are not allowed to bring phones into school. If a mobile phone is brought into "
     "school by a child it must be kept in the main office until home-time and parents made aware.",
     "Pupils, office staff", ClauseForce::kRule,
     "Custody is in the main office, and the phone goes back at home-time when the parents are "
     "aware; anything else needs a reason. That a phone was looked into is recorded by the "
     "Headteacher and the safeguarding lead alone, who may have the power to."},
    {"P36", "Indecent images of children are never possessed",
     "There are no circumstances that will justify adults possessing indecent images of children. "
     "Accessing, making and storing indecent images of children are illegal. This will lead to "
     "criminal investigation and the individual being barred from working with children, if "
     "proven.",
     "Everyone", ClauseForce::kRule,
     "The service never holds such an image, and records and shows no link to it. Before any "
     "file is chosen the reporter is asked; yes and not sure both close the door to files."},
    {"P37", "The police are informed immediately",
     "Where indecent images of children are found by staff, the police should be immediately "
     "informed.",
     "All staff", ClauseForce::kRule,
     "Until it is recorded that the police were informed, nothing else is done on the case but "
     "securing the device, telling the leadership or the LADO, and the facts of the finding. The "
     "minutes are counted and shown."},
    {"P38", "The school does not investigate or evaluate such material",
     "Schools should not attempt to investigate the matter or evaluate the material themselves, as "
     "this may lead to evidence being contaminated which in itself can lead to a criminal "
     "prosecution.",
     "The school", ClauseForce::kRule,
     "No file of any kind, no interview, statement, evaluation or finding, until the police "
     "release the matter."},
    {"P39", "Unsuitable material is told to the Headteacher",
     "Where other unsuitable material is found, which may not be illegal but which raises concerns "
     "about that member of staff, the Headteacher (and in the Head's absence, a member of the SLT) "
     "should be informed.",
     "Staff, Headteacher, senior leadership", ClauseForce::kRule,
     "The report goes to the Headteacher; to a member of the leadership only during a recorded "
     "absence; to the Chair if it is about the Headteacher; never to the person it is about."},
    {"P40", "The same person seeks advice",
     "That person will seek advice from Lancashire Council Safeguarding.",
     "Headteacher, or the member of the SLT who was informed", ClauseForce::kRule,
     "Advice is sought by the person who was informed, or by somebody it was handed to on record."},
    {"P41", "Nothing is investigated before advice is received",
     "The school will not attempt to investigate or evaluate the material themselves until such "
     "advice is received.",
     "The school", ClauseForce::kRule,
     "No investigation, evaluation, interview, download, finding or closure until advice is "
     "received that says the school may proceed. Having asked is not enough."},
    {"P42", "What cyber-bullying is",
     "The use of modern communication technologies to embarrass, humiliate, threaten or intimidate "
     "an individual in the attempt to gain power and control over them.",
     "Leadership", ClauseForce::kRule,
     "The leadership classifies a case against it with reasons. No report is ever refused for not "
     "meeting it."},
    {"P43", "Records of the abuse are kept",
     "If cyber-bullying does take place, employees should keep records of the abuse, text, "
     "e-mails, website or instant message and should not delete texts or e-mails.",
     "Employees", ClauseForce::kRule,
     "Evidence is only added to. A correction stands beside what it corrects, and a file beside "
     "the "
     "one that it supersedes; nothing is deleted, overwritten or replaced."},
    {"P44", "Screen prints with time, date and place",
     "Employees are advised to take screen prints of messages or web pages and be careful to "
     "record the time, date and place of the site.",
     "Employees", ClauseForce::kRule,
     "A screen print is filed with all three; one that is not known says why, and shows it."},
    {"P45", "Incidents are reported to the line manager or the Headteacher",
     "Staff are encouraged to report all incidents of cyber-bullying to their line manager or the "
     "Headteacher.",
     "Staff", ClauseForce::kRule,
     "The reporter chooses. A line manager hands the report on within a working day; it never goes "
     "to the person it is about."},
    {"P46", "Taken seriously, considering the reporter's wishes",
     "All such incidents will be taken seriously and will be dealt with in consideration of the "
     "wishes of the person who has reported the incident.",
     "Leadership", ClauseForce::kRule,
     "Every decision considers the wishes as they stand and gives reasons where they are not "
     "followed. They never stop a safeguarding referral."},
    {"P47", "The individual decides about the police",
     "It is for the individual who is being bullied to decide whether they wish to report the "
     "actions to the police.",
     "The individual who is being bullied", ClauseForce::kRule,
     "Each one's decision is recorded as theirs and may change at any time. Anybody else reports "
     "only "
     "on a ground that is named: indecent images, a child at risk, a duty of the law, immediate "
     "danger."},
    {"P48", "Failure to keep to the policy may lead to discipline",
     "Failure to do so may lead to action being taken under the disciplinary procedure.",
     "All employees", ClauseForce::kRule,
     "As P21: a finding of breach needs a recorded decision either way."},
};

}  // namespace

absl::Span<const Clause> Clauses() { return kClauses; }

const Clause* FindClause(absl::string_view number) {
  for (const Clause& clause : kClauses) {
    if (absl::EqualsIgnoreCase(clause.number, number)) return &clause;
  }
  return nullptr;
}

std::vector<kernel::Reason> RefusalsOf(const Clause& clause) {
  std::vector<kernel::Reason> reasons;
  for (const kernel::ReasonText& text : kernel::Catalogue()) {
    for (const absl::string_view number : absl::StrSplit(text.clauses, ' ', absl::SkipEmpty())) {
      if (number == clause.number) reasons.push_back(text.reason);
    }
  }
  return reasons;
}

}  // namespace wardbook::schoolpolicy
