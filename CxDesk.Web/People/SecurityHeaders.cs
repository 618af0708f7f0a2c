namespace CxDesk.Web.People;

/// <summary>What every answer tells the browser to refuse.</summary>
public static class SecurityHeaders
{
    // Styles may stand in attributes: Radzen places its dialogs and charts by them. Scripts come from files only.
    private const string Content =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = Content;
        headers.XFrameOptions = "SAMEORIGIN";
        return next(context);
    });
}
