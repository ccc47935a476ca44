/** The page: which of its views is shown. */
export function App() {
  return (
    <main>
      <h1>FER Desktop</h1>
    </main>
  );
}
