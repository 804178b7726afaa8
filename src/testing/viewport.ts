/** Makes the window of this test that wide, so that media queries follow. */
export function setViewportWidth(width: number): void {
  const { happyDOM } = window as unknown as {
    happyDOM: { setViewport: (size: { width: number; height: number }) => void };
  };
  happyDOM.setViewport({ width, height: 800 });
}
