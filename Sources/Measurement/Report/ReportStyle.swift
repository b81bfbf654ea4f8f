/// The report's style sheet.
///
/// Colours of marks and names have a contrast of at least 4.5 to the ground in both themes; c0 to c5 were chosen by a search for the
/// largest least distance (CIE 1976) as seen with normal vision, protanopia, deuteranopia and tritanopia.
enum ReportStyle {
    static let sheet = [colours, page, tables, charts, media].joined(separator: "\n")

    private static let colours = """
        :root {
            color-scheme: light dark;
            --ground: #ffffff; --ink: #1b1f24; --soft: #57606a; --rule: #d8dee4; --faint: #f3f5f7; --shade: #1b1f240d;
            --accent: #0a58ca; --failure: #b3261e;
            --c0: #0a58ca; --c1: #a66300; --c2: #800080; --c3: #2a464c; --c4: #800000; --c5: #806946;
            --p0: #4a7fd6; --p1: #b87a12; --p2: #6b7f86; --p3: #a34fa3;
        }
        @media screen and (prefers-color-scheme: dark) {
            :root {
                --ground: #16191f; --ink: #e6eaf0; --soft: #a3adba; --rule: #333a45; --faint: #1f242c; --shade: #e6eaf00d;
                --accent: #6ea8fe; --failure: #ff8a80;
                --c0: #6ea8fe; --c1: #ffcc00; --c2: #ff8cba; --c3: #49f28d; --c4: #ff5c33; --c5: #b98a68;
                --p0: #5b93ea; --p1: #e0ad3d; --p2: #94a3ab; --p3: #cf82cf;
            }
        }
        .c0 { --own: var(--c0); } .c1 { --own: var(--c1); } .c2 { --own: var(--c2); }
        .c3 { --own: var(--c3); } .c4 { --own: var(--c4); } .c5 { --own: var(--c5); }
        """

    private static let page = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink);
            font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
        main { max-width: 1400px; margin: 0 auto; padding: 24px clamp(14px, 3vw, 36px) 48px; }
        h1, h2, h3, h4 { line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
        h1 { font-size: 15px; letter-spacing: 0.04em; color: var(--accent); }
        h2 { font-size: 28px; font-weight: 650; }
        h3 { font-size: 19px; margin-bottom: 6px; }
        h4 { font-size: 15px; margin-top: 14px; }
        p { margin: 0 0 10px; max-width: 78ch; }
        a { color: var(--accent); }
        header.page p { color: var(--soft); margin: 0; }
        nav ol { margin: 10px 0 0; padding-left: 22px; overflow-wrap: anywhere; }
        article { margin-top: 26px; padding-top: 22px; border-top: 2px solid var(--rule); }
        section { margin-top: 34px; }
        .facts { color: var(--soft); margin-top: 4px; max-width: none; }
        .facts span { overflow-wrap: anywhere; }
        .facts span + span::before { content: "· "; }
        .yardsticks { display: grid; grid-template-columns: repeat(auto-fit, minmax(148px, 1fr)); gap: 1px; margin: 18px 0 0;
            background: var(--rule); border: 1px solid var(--rule); border-radius: 6px; overflow: hidden; }
        .yardsticks div { background: var(--ground); padding: 9px 14px; }
        .yardsticks dt { color: var(--soft); font-size: 13px; }
        .yardsticks dd { margin: 0; font-size: 19px; font-variant-numeric: tabular-nums; }
        .yardsticks small { display: block; color: var(--soft); font-size: 12px; }
        .verdict { font-size: 19px; }
        .verdict strong { color: var(--accent); }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 18px 36px; align-items: start; }
        .pair > * { min-width: 0; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 8px; padding: 0; font-size: 14px; }
        .notes { margin: 6px 0 0; padding-left: 20px; max-width: 78ch; overflow-wrap: anywhere; }
        .notes li { margin-bottom: 4px; }
        .badge { border: 1px solid currentColor; border-radius: 3px; padding: 0 5px; font-size: 11px; font-weight: 400;
            color: var(--soft); white-space: nowrap; }
        .failure { color: var(--failure); }
        details { margin-top: 10px; }
        summary { cursor: pointer; color: var(--accent); width: fit-content; }
        """

    private static let tables = """
        .scroll { overflow-x: auto; max-width: 100%; }
        .scroll + p, .scroll + h4 { margin-top: 12px; }
        table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
        th, td { padding: 4px 8px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); font-weight: 400; }
        thead th { color: var(--soft); vertical-align: bottom; }
        thead td { border-bottom: 0; }
        th:first-child, thead th:first-child { text-align: left; }
        .figures { width: 100%; }
        .figures .group { text-align: center; color: var(--ink); font-weight: 600; border-bottom: 1px solid var(--soft); }
        .figures tbody th { position: sticky; left: 0; background: var(--ground); max-width: 46vw; overflow: hidden; text-overflow: ellipsis; }
        .figures .first { padding-left: 22px; }
        .figures tbody tr:hover > * { background: var(--faint); }
        .figures .best { font-weight: 650; }
        .diamond { color: var(--accent); font-size: 10px; }
        .baseline > * { background: var(--faint); }
        .figures tbody .baseline th { background: var(--faint); }
        th button { position: relative; font: inherit; color: inherit; background: none; border: 0; padding: 2px 0; margin: 0; cursor: pointer; }
        th button::after { content: "↕"; opacity: 0.45; position: absolute; left: calc(100% + 1px); bottom: 3px; font-size: 10px; }
        th button:hover { color: var(--ink); }
        th[aria-sort] { color: var(--ink); font-weight: 600; }
        th[aria-sort] button::after { opacity: 1; content: "↑"; }
        th[aria-sort="descending"] button::after { content: "↓"; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .commands td { text-align: left; }
        .commands code { font: 12.5px ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        .costs { width: 100%; }
        .costs .bar { width: 55%; min-width: 110px; border-bottom: 1px solid var(--rule); }
        .costs thead .bar { border-bottom-color: var(--rule); }
        .costs svg { display: block; width: 100%; height: 14px; }
        .choice th, .choice .total { font-weight: 650; color: var(--accent); }
        .foretold { font-style: italic; color: var(--soft); }
        .plain .nothing { text-align: left; color: var(--soft); }
        """

    private static let charts = """
        figure { margin: 0; container-type: inline-size; }
        figcaption { font-size: 14px; color: var(--soft); margin-bottom: 4px; }
        figure > svg { display: block; width: 100%; height: auto; max-width: 760px; }
        figure > svg.narrow { max-width: 480px; }
        figure > svg.wide { display: none; }
        @container (min-width: 540px) { figure > svg.wide { display: block; } figure > svg.narrow { display: none; } }
        svg text { font-size: 11px; fill: var(--soft); }
        svg .axis { font-size: 11.5px; fill: var(--ink); }
        svg .name { fill: var(--own); paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
        svg .yardname { font-style: italic; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
        .frame { stroke: var(--soft); }
        .grid { stroke: var(--rule); stroke-width: 0.7; }
        .yardstick { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 1 4; stroke-linecap: round; }
        .front { fill: none; stroke: var(--ink); stroke-width: 1.4; stroke-linejoin: round; }
        .front.memory { stroke-dasharray: 5 4; stroke-width: 1.1; }
        .beaten { fill: var(--shade); }
        .levels { fill: none; stroke: var(--own); stroke-width: 1; opacity: 0.45; }
        .curve { fill: none; stroke: var(--own); stroke-width: 1.6; }
        .beyond { stroke-dasharray: 5 4; }
        .leader { stroke: var(--soft); stroke-width: 0.7; }
        .mark { fill: var(--own); stroke: var(--ground); stroke-width: 1; }
        .mark.hollow { fill: var(--ground); stroke: var(--own); stroke-width: 1.8; }
        .mark .ring { fill: none; stroke: var(--ink); stroke-width: 1.3; }
        .point:hover { stroke: var(--ink); stroke-width: 2.5; }
        .sign { width: 14px; height: 14px; margin-right: 5px; vertical-align: -2px; }
        .part { stroke: none; } .p0 { fill: var(--p0); } .p1 { fill: var(--p1); } .p2 { fill: var(--p2); } .p3 { fill: var(--p3); }
        """

    private static let media = """
        @media (max-width: 600px) {
            h2 { font-size: 23px; }
            th, td { padding: 4px 7px; }
            .costs tbody th { max-width: 42vw; overflow: hidden; text-overflow: ellipsis; }
            .yardsticks { grid-template-columns: 1fr 1fr; }
        }
        @media print {
            @page { size: A4 landscape; margin: 12mm; }
            body { font-size: 11px; }
            main { padding: 0; max-width: none; }
            h2 { font-size: 20px; }
            h3, .verdict, .yardsticks dd { font-size: 14px; }
            h4, figcaption, .legend { font-size: 11px; }
            section { margin-top: 18px; }
            article + article { break-before: page; border-top: 0; }
            .pair { grid-template-columns: 1fr 1fr; }
            figure > svg.wide { display: block; }
            figure > svg.narrow { display: none; }
            .facts, .yardsticks small, .yardsticks dt { font-size: 10px; }
            .scroll { overflow: visible; }
            table { font-size: 9.5px; }
            th, td { padding: 2px 5px; }
            .costs svg { height: 9px; }
            .figures tbody th { position: static; max-width: none; }
            th button::after { content: none; }
            section, figure, tr, .yardsticks { break-inside: avoid; }
            h2, h3, h4 { break-after: avoid; }
            * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
