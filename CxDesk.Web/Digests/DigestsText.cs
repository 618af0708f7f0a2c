namespace CxDesk.Web.Digests;

/// <summary>Names the resource files of the digests.</summary>
public sealed class DigestsText;
