/// The report's only script: makes the headings of a table buttons that sort it.
enum ReportScript {
    /// What the page's policy knows the script by: SHA-256 in base64 of exactly ``text``. Tests/check-report says the right one when
    /// the script has changed.
    static let hash = "sha256-1WnR7Ux4+ATOjqbRXLtceGRv3vogs31P1Kx30G9v/FY="

    /// A heading's first press sorts by what it says in data-first, each further one the other way round. Rows without a figure stay
    /// last. Equal rows keep their order, because sorting is stable.
    static let text = """
        "use strict";
        for (const table of document.querySelectorAll("table.sortable")) {
            const body = table.tBodies[0];
            for (const heading of table.querySelectorAll("th[data-column]")) {
                const button = document.createElement("button");
                button.type = "button";
                button.append(...heading.childNodes);
                heading.append(button);
                button.addEventListener("click", () => sort(table, body, heading));
            }
        }
        function sort(table, body, heading) {
            const opposite = {ascending: "descending", descending: "ascending"};
            const order = opposite[heading.getAttribute("aria-sort")] ?? heading.dataset.first;
            for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
            heading.setAttribute("aria-sort", order);
            const sign = order === "ascending" ? 1 : -1;
            const cell = (row) => row.cells[heading.dataset.column];
            const compare = (one, other) => {
                const [a, b] = [cell(one).dataset.value, cell(other).dataset.value];
                if (a === undefined) return sign * cell(one).textContent.localeCompare(cell(other).textContent, "en", {numeric: true});
                if (a === "" || b === "") return (a === "") - (b === "");
                return sign * (a - b);
            };
            body.append(...[...body.rows].sort(compare));
        }
        """
}
