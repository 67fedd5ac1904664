// The row of headings of a table. On a narrow screen each cell says its own with `data-label`.
export function TableHead({ columns }: { columns: readonly string[] }) {
  return (
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {columns.map((column) => (
          <th key={column} scope="col" class="govuk-table__header">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}
