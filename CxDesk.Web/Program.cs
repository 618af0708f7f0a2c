using CxDesk.Web.Admin;
using CxDesk.Web.Calendars;
using CxDesk.Web.Cases;
using CxDesk.Web.Database;
using CxDesk.Web.Deliveries;
using CxDesk.Web.Demo;
using CxDesk.Web.Feed;
using CxDesk.Web.Ingest;
using CxDesk.Web.Jobs;
using CxDesk.Web.Live;
using CxDesk.Web.Notices;
using CxDesk.Web.People;
using CxDesk.Web.Policies;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using CxDesk.Web.Targets;
using CxDesk.Web.Walls;

var verb = Verbs.Asked(args);
var builder = WebApplication.CreateBuilder(verb ? [] : args);
#pragma warning disable RS0030 // The one place where the wall clock enters: everything else takes a TimeProvider.
builder.Services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
builder.AddShell();
builder.AddDatabase();
builder.AddPeople();
builder.AddIngest();
builder.AddFeed();
builder.AddLive();
builder.AddWalls();
builder.AddPolicies();
builder.AddCalendars();
builder.AddCases();
builder.AddScorecards();
builder.AddTargets();
builder.AddNotices();
builder.AddDeliveries();
builder.AddAdmin();
builder.AddJobs();
builder.AddDemo();
if (verb) Verbs.LogToError(builder);
if (builder.SettingFaults() is { Count: > 0 } faults) return Settings.Refuse(faults);

var app = builder.Build();
if (verb) return await Verbs.Run(app, args);
await app.MigrateDatabase();
app.UseShell();
app.MapShell();
app.MapPeople();
app.MapLive();
app.MapCases();
app.MapScorecards();

var api = app.MapApi();
api.MapIngestApi();
api.MapLiveApi();
api.MapWallsApi();
api.MapCasesApi();
api.MapCalendarsApi();
api.MapPoliciesApi();
api.MapCaseDeskApi();
api.MapScorecardsApi();
app.Run();
return 0;

public partial class Program;
