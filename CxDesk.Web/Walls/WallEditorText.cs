namespace CxDesk.Web.Walls;

/// <summary>The texts of the list of walls and of their editor: WallEditorText.resx and WallEditorText.zh-Hans.resx.</summary>
public sealed class WallEditorText;
