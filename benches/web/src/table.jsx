// Fluent's grid with its own virtualisation, over the rows of a list that a file input gives it, and a filter by name.
import { FluentProvider, Input, Text, Title1, createTableColumn, webLightTheme } from "@fluentui/react-components";
import {
  DataGrid, DataGridBody, DataGridCell, DataGridHeader, DataGridHeaderCell, DataGridRow,
} from "@fluentui-contrib/react-data-grid-react-window";
import { useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { readList } from "./list.js";

const column = (columnId, head) =>
  createTableColumn({
    columnId,
    compare: (a, b) => a[columnId].localeCompare(b[columnId]),
    renderHeaderCell: () => head,
    renderCell: (row) => row[columnId],
  });
const COLUMNS = [
  column("name", "Environment"), column("kind", "Kind"), column("region", "Region"), column("managed", "Managed"),
  column("created", "Created"), column("id", "Id"),
];

const body = ({ item, rowId }, style) => (
  <DataGridRow key={rowId} style={style}>
    {({ renderCell }) => <DataGridCell>{renderCell(item)}</DataGridCell>}
  </DataGridRow>
);

function Page() {
  const [rows, setRows] = useState(null);
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState(false);
  const seen = useMemo(() => {
    const part = typed.toLowerCase();
    return rows?.filter((row) => row.name.toLowerCase().includes(part)) ?? [];
  }, [rows, typed]);
  // What is measured from outside: the reading alone, without a screen.
  window.readAndKeep = async (file) => {
    const begun = performance.now();
    const read = readList(await file.text());
    const took = performance.now() - begun;
    setRows(read);
    return took;
  };
  window.showTable = setShown;
  return (
    <FluentProvider theme={webLightTheme}>
      <Title1 as="h1">Environments</Title1>
      <input type="file" aria-label="Choose files" />
      <Input aria-label="Filter" value={typed} onChange={(_, { value }) => setTyped(value)} />
      <Text role="status">{seen.length} environments</Text>
      {shown && (
        <DataGrid items={seen} columns={COLUMNS} getRowId={(row) => row.id} focusMode="cell" sortable>
          <DataGridHeader>
            <DataGridRow>{({ renderHeaderCell }) => <DataGridHeaderCell>{renderHeaderCell()}</DataGridHeaderCell>}</DataGridRow>
          </DataGridHeader>
          <DataGridBody itemSize={44} height={560}>{body}</DataGridBody>
        </DataGrid>
      )}
    </FluentProvider>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
