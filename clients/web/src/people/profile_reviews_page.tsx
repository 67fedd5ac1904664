import { PeopleService, type ProfileReview } from "@api/v1/people_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { TickInput } from "../form/tick_input.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";

function ReviewTag({ review }: { review: ProfileReview }) {
  if (review.reviewedTime) return <strong class="govuk-tag govuk-tag--green">Reviewed</strong>;
  if (review.overdue) return <strong class="govuk-tag govuk-tag--red">Overdue</strong>;
  return <strong class="govuk-tag govuk-tag--yellow">Asked</strong>;
}

// Who has reviewed what can be seen of them online (P13): oneself, or everybody for those
// who see to it.
export function ProfileReviewsPage() {
  const [confirmed, setConfirmed] = useState("");
  const includeConfirmed = confirmed === "yes";
  const { value, failure, reload } = useLoaded(
    () => client(PeopleService).listProfileReviews({ includeConfirmed }),
    [includeConfirmed],
  );
  return (
    <Page
      heading="Reviews of people’s own pages online"
      back={{ to: "/people", text: "Back to people" }}
    >
      <p class="govuk-body">
        Whoever joins the school is asked to look at their own pages as a pupil or a parent would
        find them (P13). Nobody is asked for their accounts.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/policy/profile-review">
          Confirm your own review
        </a>
      </p>
      <TickInput
        name="confirmed"
        label="Show those who have done it as well"
        value={confirmed}
        onValue={setConfirmed}
      />
      {failure && !value && <FailurePanel failure={failure} retry={reload} />}
      {value?.reviews.length === 0 && <p class="govuk-body">No review is outstanding.</p>}
      {value && value.reviews.length > 0 && (
        <table class="govuk-table wb-stacked">
          <caption class="govuk-table__caption govuk-visually-hidden">Reviews</caption>
          <TableHead columns={["Who", "Stage", "Asked", "Due or done"]} />
          <tbody class="govuk-table__body">
            {value.reviews.map((review) => (
              <tr class="govuk-table__row" key={review.personId}>
                <th scope="row" class="govuk-table__header">
                  {review.name}
                </th>
                <td class="govuk-table__cell" data-label="Stage">
                  <ReviewTag review={review} />
                </td>
                <td class="govuk-table__cell" data-label="Asked">
                  {writtenTime(review.askedTime)}
                </td>
                <td class="govuk-table__cell" data-label="Due or done">
                  {review.reviewedTime
                    ? `Done ${writtenTime(review.reviewedTime)}`
                    : `Due ${writtenTime(review.dueTime)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
