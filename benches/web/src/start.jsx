// What one arrives at: a bar, the pages, a heading, a place for a file, an empty table. As a person would write it with Fluent.
import {
  Body1, Button, FluentProvider, Input, Link, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Title1, Toolbar,
  ToolbarButton, makeStyles, tokens, webLightTheme,
} from "@fluentui/react-components";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { readList } from "./list.js";

const PAGES = ["Start", "Way back", "Environments", "Targets", "Retention", "Restore", "Plans", "Readiness", "Deadlines"];
const COLUMNS = ["Environment", "Kind", "Region", "Managed", "Created"];

const useStyles = makeStyles({
  frame: { display: "grid", gridTemplateColumns: "200px 1fr", minHeight: "100vh" },
  side: { display: "flex", flexDirection: "column", rowGap: "8px", padding: "16px", backgroundColor: tokens.colorNeutralBackground3 },
  main: { display: "flex", flexDirection: "column", rowGap: "16px", padding: "24px" },
});

function Start() {
  const styles = useStyles();
  const [rows, setRows] = useState([]);
  const [note, setNote] = useState("");
  const choose = async (event) => {
    const [file] = event.target.files;
    if (file) setRows(readList(await file.text()));
  };
  return (
    <FluentProvider theme={webLightTheme}>
      <Toolbar aria-label="Desk">
        <ToolbarButton>My tenant</ToolbarButton>
        <Input placeholder="Find" aria-label="Find" />
      </Toolbar>
      <div className={styles.frame}>
        <nav className={styles.side} aria-label="Pages">
          {PAGES.map((page) => (
            <Link key={page} href={`#/${page}`}>{page}</Link>
          ))}
        </nav>
        <main className={styles.main}>
          <Title1 as="h1">What can be restored, how far back, and onto what?</Title1>
          <Body1>Put in the list of your environments. Nothing leaves this browser.</Body1>
          <input type="file" aria-label="Choose files" onChange={choose} />
          <Button appearance="primary" onClick={() => setNote("The sample tenant is open.")}>Open the sample tenant</Button>
          <Body1 role="status">{note}</Body1>
          <Table aria-label="Environments">
            <TableHeader>
              <TableRow>{COLUMNS.map((c) => <TableHeaderCell key={c}>{c}</TableHeaderCell>)}</TableRow>
            </TableHeader>
            <TableBody>
              {rows.slice(0, 20).map((row) => (
                <TableRow key={row.id}>
                  <TableCell>{row.name}</TableCell>
                  <TableCell>{row.kind}</TableCell>
                  <TableCell>{row.region}</TableCell>
                  <TableCell>{row.managed}</TableCell>
                  <TableCell>{row.created}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </main>
      </div>
    </FluentProvider>
  );
}

createRoot(document.getElementById("root")).render(<Start />);
