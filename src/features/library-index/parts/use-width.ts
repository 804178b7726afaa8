import { useCallback, useState, type RefCallback } from 'react';

/** How wide an element is, kept up to date: charts are drawn in real pixels, so that their text keeps its size. */
export function useWidth(initial: number): readonly [RefCallback<Element>, number] {
  const [width, setWidth] = useState(initial);
  const measure = useCallback((element: Element | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) setWidth(element.clientWidth);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, width];
}
