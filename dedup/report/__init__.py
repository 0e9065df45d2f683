"""Report: results -> bytes and lines for people and programs. Everything that leaves the tool goes through `safe`.

safe       hostile text -> text that cannot act on a terminal, a spreadsheet or a reader's eye
clusters   Clusters -> JSON, JSON lines, CSV
table      Clusters -> what a newsroom reads on a terminal
diff       Diff, Matrix -> the format asked for; diff_view (what is shown), diff_terminal, diff_matrix, diff_html,
           diff_svg, diff_json, diff_rows
findings   Checked -> text, JSON, JSON lines, SARIF, JUnit, GitHub, GitLab
markup     elements of HTML and SVG, escaped by construction
progress   what a long run says on standard error meanwhile
write      bytes -> standard output or a file, whole or not at all
"""
