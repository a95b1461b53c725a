/** The part of pdfmake 0.3 that the report uses; the package brings no types. */
declare module 'pdfmake' {
  export type Content = string | Content[] | { [key: string]: unknown };
  export interface DocumentDefinition {
    [key: string]: unknown;
    content: Content;
    pageBreakBefore?: (node: { headlineLevel?: number; startPosition: { verticalRatio: number } }) => boolean;
    footer?: (page: number, pages: number) => Content;
  }
  interface PdfMake {
    setFonts(fonts: Record<string, Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>): void;
    setUrlAccessPolicy(allow: (url: string) => boolean): void;
    setLocalAccessPolicy(allow: (path: string) => boolean): void;
    createPdf(definition: DocumentDefinition): { getBuffer(): Promise<Buffer> };
  }
  const pdfmake: PdfMake;
  export default pdfmake;
}
