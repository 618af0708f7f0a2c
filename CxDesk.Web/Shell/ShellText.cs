namespace CxDesk.Web.Shell;

/// <summary>Names the shell's resource files.</summary>
public sealed class ShellText;
