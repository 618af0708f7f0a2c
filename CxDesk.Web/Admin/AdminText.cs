namespace CxDesk.Web.Admin;

/// <summary>The texts of the admin pages.</summary>
public sealed class AdminText;
