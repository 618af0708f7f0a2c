namespace CxDesk.Web.Live;

/// <summary>Names the live board's and the wall's resource files.</summary>
public sealed class LiveText;
