namespace CxDesk.Data.Demo;

public sealed record DemoRegion(string Code, string Name, string Zone, string Holidays, string Language, double Share, string Manager, string ManagerUser, DemoTeam[] Teams);

/// <param name="Channels">Through which the team answers.</param>
public sealed record DemoTeam(string Code, string Name, string[] Channels, string Supervisor, string SupervisorUser, string[] Agents);

/// <param name="Wait">Median wait in seconds on the phone.</param>
/// <param name="Liking">How much better or worse than others it is thought of.</param>
public sealed record DemoProduct(string Code, string Name, double Share, double Wait, double Liking);

public sealed record DemoCode(string Code, string Name);

/// <summary>Who and what there is in the demo company. Sign-in people have the names of their roles; the others theirs.</summary>
public static class DemoCast
{
    public const string Company = "Meridian Networks";
    public const string Executive = "Helena Brandt";
    public const string Admin = "Samir Haddad";
    public const string Source = "demo";

    /// <summary>Whose satisfaction slipped last week, and whose manager signs in as <c>manager</c>.</summary>
    public const string SlippedRegion = "europe";

    /// <summary>The team that got better month by month.</summary>
    public const string RisingTeam = "cn-online";

    /// <summary>The product with a wait problem.</summary>
    public const string SlowProduct = "home-internet";

    public static readonly IReadOnlyList<DemoRegion> Regions =
    [
        new("china", "China", "Asia/Shanghai", "cn", "zh", .32, "周文博", "zhou.wenbo",
        [
            new("cn-phone", "Shanghai Phone", ["phone"], "林晓梅", "lin.xiaomei", ["王芳", "李强", "张敏", "刘洋", "陈静"]),
            new("cn-online", "Shenzhen Online", ["chat", "app"], "黄志远", "huang.zhiyuan", ["杨帆", "赵蕾", "吴昊", "徐丽", "孙鹏"]),
            new("cn-stores", "Chengdu Stores", ["store"], "何雪", "he.xue", ["马超", "朱婷", "胡军", "郭颖", "高翔"]),
        ]),
        new("europe", "Europe", "Europe/Berlin", "de", "en", .28, "Marta Kowalska", "manager",
        [
            new("eu-phone", "Berlin Phone", ["phone"], "Jonas Weber", "supervisor", ["Lena Fischer", "Tomasz Nowak", "Amélie Laurent", "Erik Lindqvist", "Giulia Conti"]),
            new("eu-online", "Lyon Online", ["chat", "email"], "Camille Petit", "camille.petit", ["Hugo Bernard", "Nina Horvat", "Pedro Alves", "Sofia Rossi", "Oskar Jansen"]),
            new("eu-stores", "Madrid Stores", ["store"], "Carlos Ortega", "carlos.ortega", ["Lucía Vega", "Mateo Ruiz", "Elena Marin", "Diego Sanz", "Inés Campos"]),
        ]),
        new("us-east", "America East", "America/New_York", "us", "en", .24, "Denise Carter", "denise.carter",
        [
            new("ue-phone", "Atlanta Phone", ["phone"], "Marcus Hill", "marcus.hill", ["Tanya Brooks", "Kevin Doyle", "Alicia Gomez", "Brian Walsh", "Priya Nair"]),
            new("ue-online", "Boston Online", ["chat", "email"], "Rachel Kim", "rachel.kim", ["Owen Price", "Maya Singh", "Jack Turner", "Leah Stone", "Andre Lewis"]),
            new("ue-stores", "New York Stores", ["store"], "Victor Diaz", "victor.diaz", ["Nora Flynn", "Sam Ortiz", "Grace Lee", "Dylan Reed", "Ivy Chen"]),
        ]),
        new("us-west", "America West", "America/Los_Angeles", "us", "en", .16, "Paul Nakamura", "paul.nakamura",
        [
            new("uw-phone", "Seattle Phone", ["phone"], "Joan Bell", "joan.bell", ["Cody Marsh", "Erin Wolfe", "Luis Romero", "Holly Page", "Ravi Patel"]),
            new("uw-online", "Denver Online", ["chat", "app"], "Scott Avery", "scott.avery", ["Megan Cole", "Tyler Boyd", "Ana Torres", "Chris Dunn", "Zoe Quinn"]),
            new("uw-stores", "San Diego Stores", ["store"], "Laura Vance", "laura.vance", ["Ben Archer", "Katie Moss", "Raul Mendez", "Amy Tran", "Jeff Snow"]),
        ]),
    ];

    /// <summary>The agent who signs in as <c>agent</c>: one of the supervisor's team.</summary>
    public const string AgentWhoSignsIn = "Lena Fischer";

    public static readonly IReadOnlyList<DemoProduct> Products =
    [
        new("mobile", "Mobile", .22, 85, .05),
        new("home-internet", "Home internet", .2, 265, 0),
        new("streaming", "TV & streaming", .16, 90, 0),
        new("smart-home", "Smart home", .1, 100, .15),
        new("device-care", "Device care", .1, 110, -.05),
        new("business-line", "Business line", .09, 70, .1),
        new("cloud-storage", "Cloud storage", .07, 80, .2),
        new("roaming", "Roaming", .06, 95, -.2),
    ];

    public static readonly IReadOnlyList<DemoCode> Channels =
    [
        new("phone", "Phone"), new("chat", "Chat"), new("email", "E-mail"), new("app", "App"), new("store", "Store"),
    ];

    public static readonly IReadOnlyList<DemoCode> Segments = [new("business", "Business"), new("family", "Families"), new("private", "Private customers")];

    public static readonly IReadOnlyList<DemoCode> Touchpoints =
    [
        new("purchase", "Purchase"), new("delivery", "Delivery"), new("installation", "Installation"), new("support", "Support"),
        new("billing", "Billing"), new("change", "Change of contract"), new("cancellation", "Cancellation"),
    ];

    public static readonly IReadOnlyList<DemoCode> Attributes =
    [
        new("courtesy", "Courtesy"), new("timeliness", "Timeliness"), new("skill", "Skill"),
        new("clarity", "Clear answers"), new("followup", "Kept promises"), new("price", "Value for money"),
        new("repurchase", "Would buy again"), new("recommend", "Would recommend"),
    ];

    public static readonly IReadOnlyList<string> ChineseSurnames = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高", "罗"];
    public static readonly IReadOnlyList<string> ChineseNames = ["伟", "娜", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英", "晨", "子涵", "雨桐"];
    public static readonly IReadOnlyList<string> FirstNames = ["Anna", "Peter", "Maria", "David", "Laura", "James", "Emma", "Robert", "Julia", "Michael", "Clara", "Daniel", "Sophie", "Thomas", "Karen", "Steven", "Nadia", "Mark", "Olivia", "George", "Irene", "Felix", "Paula", "Simon", "Ruth"];
    public static readonly IReadOnlyList<string> LastNames = ["Miller", "Schmidt", "Johnson", "Martin", "Garcia", "Brown", "Novak", "Davies", "Meyer", "Lopez", "Evans", "Richter", "Moreau", "Santos", "Wright", "Keller", "Olsen", "Fernandez", "Baker", "Klein", "Parker", "Silva", "Wagner", "Cooper", "Romano"];
}
