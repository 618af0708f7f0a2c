namespace CxDesk.Web.People;

/// <summary>The texts of sign-in, set-up and account.</summary>
public sealed class PeopleText;
