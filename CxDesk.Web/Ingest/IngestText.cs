namespace CxDesk.Web.Ingest;

/// <summary>Names the resource files of intake: what is wrong with an item, a body or a file.</summary>
public sealed class IngestText;
