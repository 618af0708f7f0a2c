namespace CxDesk.Web.Notices;

/// <summary>Names the resource files of the notices.</summary>
public sealed class NoticesText;
