// P26-P34: what is permitted, consented to or declared beforehand.

#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    {"P26", "a teacher asks to look after the school's page", nullptr, &School::teacher,
     "RegisterService.RequestPermission",
     R"(permission { kind: PERMISSION_KIND_WORK_SOCIAL_MEDIA reason: "the school's own page"
          purpose: USE_PURPOSE_PROFESSIONAL platform: "Facebook" equipment: "school laptop"
          until_time { $in_a_week } })",
     kAccepted},
    {"P26", "the Headteacher grants it", SocialMediaAskedFor, &School::head,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})", kAccepted},
    {"P26", "a teacher asks to use social media for themself", nullptr, &School::teacher,
     "RegisterService.RequestPermission",
     R"(permission { kind: PERMISSION_KIND_WORK_SOCIAL_MEDIA reason: "the school's own page"
          purpose: USE_PURPOSE_PERSONAL platform: "Facebook" equipment: "school laptop"
          until_time { $in_a_week } })",
     Refused("R-PERMISSION-PURPOSE")},
    {"P26", "a deputy grants it", SocialMediaAskedFor, &School::deputy,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})",
     Refused("R-HEAD-DECIDES")},
    {"P26", "the Headteacher grants their own", HeadAsksForSocialMedia, &School::head,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})",
     Refused("R-OWN-DECISION")},
    {"P26", "the Chair grants the Headteacher's", HeadAsksForSocialMedia, &School::chair,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})", kAccepted},
    {"P26", "it is asked for from an hour ago on", nullptr, &School::teacher,
     "RegisterService.RequestPermission",
     R"(permission { kind: PERMISSION_KIND_WORK_SOCIAL_MEDIA reason: "the school's own page"
          purpose: USE_PURPOSE_PROFESSIONAL platform: "Facebook" equipment: "school laptop"
          from_time { $an_hour_ago } until_time { $in_a_week } })",
     Refused("R-PERMISSION-LATE")},
    {"P26", "it is granted from an hour ago on", SocialMediaAskedFor, &School::head,
     "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { from_time { $an_hour_ago } })", Refused("R-PERMISSION-LATE")},
    {"P26", "it is granted for three years", SocialMediaAskedFor, &School::head,
     "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { until_time { $in_three_years } })", Refused("R-PERMISSION-END")},
    {"P26", "it is granted twice in other words", SocialMediaGranted, &School::head,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant { conditions: "on Fridays" })",
     Refused("R-NOTHING-ASKED")},
    {"P26", "what was never granted is taken back", SocialMediaAskedFor, &School::head,
     "RegisterService.RevokePermission",
     R"(entry_id: "$entry" revocation { reasons: "no longer needed" })", Refused("R-NOT-IN-FORCE")},
    {"P27", "the Headteacher grants the use of the logo in writing", NameAndLogoAskedFor,
     &School::head, "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { document_sha256: "0123456789abcdef0123456789abcdef" })",
     kAccepted},
    {"P27", "it is granted by word of mouth", NameAndLogoAskedFor, &School::head,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})",
     Refused("R-PERMISSION-WRITTEN")},
    {"P27", "it is asked for after the first use", nullptr, &School::teacher,
     "RegisterService.RequestPermission",
     R"(permission { kind: PERMISSION_KIND_NAME_AND_LOGO reason: "the summer fair"
          where_used: "posters" asset: "the logo" audience: "the village"
          from_time { $an_hour_ago } until_time { $in_a_week } })",
     Refused("R-PERMISSION-LATE")},
    {"P27", "it is granted as of a time before the grant", NameAndLogoAskedFor, &School::head,
     "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { from_time { $an_hour_ago }
          document_sha256: "0123456789abcdef0123456789abcdef" })",
     Refused("R-PERMISSION-LATE")},
    {"P27", "a deputy grants it", NameAndLogoAskedFor, &School::deputy,
     "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { document_sha256: "0123456789abcdef0123456789abcdef" })",
     Refused("R-HEAD-DECIDES")},
    {"P28", "a deputy agrees that a phone stays on, having discussed it", PhoneKeptOnAskedFor,
     &School::deputy, "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { discussed_time { $an_hour_ago } })", kAccepted},
    {"P28", "it is agreed without having been discussed", PhoneKeptOnAskedFor, &School::deputy,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})",
     Refused("R-PERMISSION-DISCUSSED")},
    {"P28", "no end is given", nullptr, &School::teacher, "RegisterService.RequestPermission",
     R"(permission { kind: PERMISSION_KIND_PHONE_KEPT_ON reason: "a relative is ill"
          rooms: PHONE_ROOM_STAFF_ROOM  })",
     Refused("R-PERMISSION-END")},
    {"P28", "it is for a room where children are", nullptr, &School::teacher,
     "RegisterService.RequestPermission",
     R"(permission { kind: PERMISSION_KIND_PHONE_KEPT_ON reason: "a relative is ill"
          rooms: PHONE_ROOM_OTHER until_time { $in_a_week } })",
     Refused("R-PERMISSION-ROOM")},
    {"P28", "a deputy agrees to their own", DeputyAsksForPhoneKeptOn, &School::deputy,
     "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { discussed_time { $an_hour_ago } })", Refused("R-OWN-DECISION")},
    {"P28", "it is asked for afterwards", nullptr, &School::teacher,
     "RegisterService.RequestPermission",
     R"(permission { kind: PERMISSION_KIND_PHONE_KEPT_ON reason: "a relative is ill"
          rooms: PHONE_ROOM_STAFF_ROOM from_time { $an_hour_ago }
          until_time { $in_a_week } })",
     Refused("R-PERMISSION-LATE")},
    {"P28", "the Chair, who is not of the leadership team, agrees to it", PhoneKeptOnAskedFor,
     &School::chair, "RegisterService.GrantPermission",
     R"(entry_id: "$entry" grant { discussed_time { $an_hour_ago } })",
     Refused("R-LEADERSHIP-DECIDES")},
    {"P29", "the office keeps a phone with the Headteacher's consent", ChildPhoneConsented,
     &School::teacher, "RegisterService.TakeInPhone",
     R"(phone { child_id: "$child.bytes" device_description: "black"
          ground: CUSTODY_GROUND_KEPT_WITH_CONSENT permission_id: "$consent.bytes" })",
     kAccepted},
    {"P29", "the office keeps it before the Headteacher consents", ChildPhoneAskedFor,
     &School::teacher, "RegisterService.TakeInPhone",
     R"(phone { child_id: "$child.bytes" device_description: "black"
          ground: CUSTODY_GROUND_KEPT_WITH_CONSENT permission_id: "$entry.bytes" })",
     Refused("R-CUSTODY-CONSENT")},
    {"P29", "the office keeps it without asking at all", ParentLinked, &School::teacher,
     "RegisterService.TakeInPhone",
     R"(phone { child_id: "$child.bytes" device_description: "black"
          ground: CUSTODY_GROUND_KEPT_WITH_CONSENT })",
     Refused("R-CUSTODY-CONSENT")},
    {"P29", "a deputy consents in place of the Headteacher", ChildPhoneAskedFor, &School::deputy,
     "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})",
     Refused("R-HEAD-DECIDES")},
    {"P30", "the use of a phone in an emergency on a visit is logged", nullptr, &School::teacher,
     "RegisterService.LogVisitPhoneUse",
     R"(use { visit: "the museum" use: VISIT_USE_EMERGENCY emergency: "a child was ill" })",
     kAccepted},
    {"P30", "a use without an emergency is logged", nullptr, &School::teacher,
     "RegisterService.LogVisitPhoneUse",
     R"(use { visit: "the museum" use: VISIT_USE_OTHER emergency: "to look at the map" })",
     Refused("R-VISIT-EMERGENCY")},
    {"P30", "an emergency is logged that says nothing of it", nullptr, &School::teacher,
     "RegisterService.LogVisitPhoneUse", R"(use { visit: "the museum" use: VISIT_USE_EMERGENCY })",
     Missing("emergency")},
    {"P31", "a picture is taken of a child whose parent consents", DeviceRegistered,
     &School::teacher, "RegisterService.RecordCapture",
     R"(capture { asset_tag: "$tag" child_ids: "$child.bytes" scope: PHOTO_SCOPE_LEARNING
          description: "planting beans" })",
     kAccepted},
    {"P31", "a picture is taken for something the parent did not consent to", DeviceRegistered,
     &School::teacher, "RegisterService.RecordCapture",
     R"(capture { asset_tag: "$tag" child_ids: "$child.bytes" scope: PHOTO_SCOPE_EVENT
          description: "the summer fair" })",
     Refused("R-PHOTO-CONSENT")},
    {"P31", "a picture shows a second child without consent", DeviceRegistered, &School::teacher,
     "RegisterService.RecordCapture",
     R"(capture { asset_tag: "$tag" child_ids: "$child.bytes" child_ids: "$stranger.bytes"
          scope: PHOTO_SCOPE_LEARNING description: "planting beans" })",
     Refused("R-PHOTO-CONSENT")},
    {"P31", "somebody consents who is no parent of the child", ParentLinked, &School::teacher,
     "RegisterService.GivePhotoConsent",
     R"(entry_id: "$child"
        consent { parent_id: "$stranger.bytes" scopes: PHOTO_SCOPE_LEARNING how: "by telephone" })",
     Refused("R-NOT-PARENT")},
    {"P32", "a school tablet is entered in the register", nullptr, &School::teacher,
     "RegisterService.RegisterSchoolDevice",
     R"(device { asset_tag: "CAM-7" description: "a camera" })", kAccepted},
    {"P32", "a picture is taken with a device that is not the school's", DeviceRegistered,
     &School::teacher, "RegisterService.RecordCapture",
     R"(capture { asset_tag: "MY-OWN-PHONE" child_ids: "$child.bytes" scope: PHOTO_SCOPE_LEARNING
          description: "planting beans" })",
     Refused("R-DEVICE")},
    {"P32", "a picture is taken with a device that was retired", DeviceRetired, &School::teacher,
     "RegisterService.RecordCapture",
     R"(capture { asset_tag: "$tag" child_ids: "$child.bytes" scope: PHOTO_SCOPE_LEARNING
          description: "planting beans" })",
     Refused("R-DEVICE")},
    {"P33", "a picture is shown to the child's parent", CaptureRecorded, &School::teacher,
     "RegisterService.ShareCapture",
     R"(entry_id: "$entry" sharing { recipient_id: "$parent.bytes" how: "in the school" })",
     kAccepted},
    {"P33", "a picture is kept on a school computer", CaptureRecorded, &School::teacher,
     "RegisterService.StoreCapture",
     R"(entry_id: "$entry"
        storing { storage: IMAGE_STORAGE_SCHOOL_COMPUTER computer: "the office computer" })",
     kAccepted},
    {"P33", "a picture is sent to somebody who is no parent of the child", CaptureRecorded,
     &School::teacher, "RegisterService.ShareCapture",
     R"(entry_id: "$entry" sharing { recipient_id: "$stranger.bytes" how: "by e-mail" })",
     Refused("R-IMAGE-RECIPIENT")},
    {"P33", "a picture is kept elsewhere", CaptureRecorded, &School::teacher,
     "RegisterService.StoreCapture",
     R"(entry_id: "$entry" storing { storage: IMAGE_STORAGE_OTHER computer: "my laptop" })",
     Refused("R-IMAGE-STORAGE")},
    {"P34", "a teacher makes a social contact known", nullptr, &School::teacher,
     "RegisterService.DeclareSocialContact",
     R"(contact { family: "neighbours" nature: SOCIAL_CONTACT_NATURE_COMMUNITY since: "2019" })",
     kAccepted},
    {"P34", "a deputy acknowledges it", ContactDeclared, &School::deputy,
     "RegisterService.AcknowledgeSocialContact",
     R"(entry_id: "$entry" acknowledgement { message: "Thank you for telling us." })", kAccepted},
    {"P34", "the declarant acknowledges it", DeputyDeclaresContact, &School::deputy,
     "RegisterService.AcknowledgeSocialContact",
     R"(entry_id: "$entry" acknowledgement { message: "Noted." })", Refused("R-OWN-DECISION")},
    {"P34", "the Headteacher acknowledges a deputy's", DeputyDeclaresContact, &School::head,
     "RegisterService.AcknowledgeSocialContact",
     R"(entry_id: "$entry" acknowledgement { message: "Thank you for telling us." })", kAccepted},
    {"P34", "the Chair acknowledges a teacher's", ContactDeclared, &School::chair,
     "RegisterService.AcknowledgeSocialContact",
     R"(entry_id: "$entry" acknowledgement { message: "Noted." })",
     Refused("R-LEADERSHIP-DECIDES")},
    {"P34", "the Chair acknowledges the Headteacher's", HeadDeclaresContact, &School::chair,
     "RegisterService.AcknowledgeSocialContact",
     R"(entry_id: "$entry" acknowledgement { message: "Thank you for telling us." })", kAccepted},
    {"P34", "when a contact was declared is shown beside a later case", DeclaredContactReported,
     &School::head, "CaseService.CheckRegisters", R"(case_ref: "$case")", AcceptedWith(R"(
        happened_at { date: "$today" }
        people { person_id: "$teacher" }
        people { person_id: "$child"
                 entries { entry_id: "$entry" recorded_by_id: "$teacher"
                           event { social_contact_declared { since: "2019" } }
                           recording: ENTRY_RECORDING_SAME_TIME } }
        people { person_id: "$colleague" })")},
    {"P34", "the subject of the case asks the same", DeclaredContactReported, &School::teacher,
     "CaseService.CheckRegisters", R"(case_ref: "$case")", RefusedAtField("R-NO-SUCH-CASE", "")},
    {"P34", "a declaration is deleted", ContactDeclared, &School::teacher,
     "RegisterService.DeleteSocialContact", R"()", kNoMethod},
};

static_assert(IsComplete(kPermissionsSpan, kRows, {}));

}  // namespace

ClauseSection Permissions() { return {"permissions", kRows, {}}; }

}  // namespace wardbook::e2e
