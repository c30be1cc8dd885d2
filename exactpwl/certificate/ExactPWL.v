(** * Certificates of exactpwl, checked by Coq

    A network of piecewise-linear neurons with rational numbers has finitely many activation
    patterns.  A certificate claims that some list of patterns is the complete list of those that
    hold on an open set.  Here stands what that means (sections 1 to 3), a program [check] that
    reads a certificate (sections 4 and 5), and the proof that [check] accepts true claims only
    (sections 6 and 7).  Only sections 1 to 3 must be read to know what a theorem says.

    Written for Coq 8.16; standard library only. *)

From Coq Require Import Init.Byte List Bool Arith ZArith QArith Qcanon Qreals Reals.
From Coq Require Import Ring Permutation Sorted Mergesort Lia Lra.
Import ListNotations.
Open Scope nat_scope.

(** ** 1. Numbers

    A point has coordinates in any commutative ring with an order that contains the rational
    numbers: the rational numbers themselves ([rational_numbers] below), the real numbers
    ([real_numbers]), any ordered field. *)

Record numbers := {
  number :> Type;
  zero : number;
  one : number;
  plus : number -> number -> number;
  times : number -> number -> number;
  minus : number -> number -> number;
  opposite : number -> number;
  ring_laws : ring_theory zero one plus times minus opposite (@eq number);

  positive : number -> bool;
  positive_plus : forall a b, positive a = true -> positive b = true ->
    positive (plus a b) = true;
  positive_times : forall a b, positive a = true -> positive b = true ->
    positive (times a b) = true;
  positive_opposite : forall a, positive a = true -> positive (opposite a) = false;
  trichotomy : forall a, positive a = false -> positive (opposite a) = false -> a = zero;

  rational : Q -> number;
  rational_zero : rational 0 = zero;
  rational_one : rational 1 = one;
  rational_plus : forall p q, rational (p + q) = plus (rational p) (rational q);
  rational_times : forall p q, rational (p * q) = times (rational p) (rational q);
  rational_equal : forall p q, (p == q)%Q -> rational p = rational q;
  rational_positive : forall q, (0 < q)%Q -> positive (rational q) = true
}.

(** ** 2. Networks

    A piecewise-linear function is a list of pieces from left to right, each the line
    [slope * z + intercept] up to and including its breakpoint, and a last one. *)

Inductive activation :=
| Last (slope intercept : Q)
| UpTo (breakpoint slope intercept : Q) (next : activation).

Record neuron := Neuron { weights : list Q; bias : Q; function : activation }.
Definition layer := list neuron.
Definition network := list layer.

(** A pattern: for every neuron of every layer, which piece it is on, counted from 0. *)
Definition pattern := list (list nat).

(** An inequality of the domain: [normal . x + offset > 0] in its interior. *)
Record form := Form { normal : list Q; offset : Q }.

Section Meaning.
Variable K : numbers.

Fixpoint dot (w : list Q) (x : list K) : K :=
  match w, x with
  | a :: w', v :: x' => plus K (times K (rational K a) v) (dot w' x')
  | _, _ => zero K
  end.

Definition value (f : form) (x : list K) : K := plus K (dot (normal f) x) (rational K (offset f)).

(** [z] is to the right of [c] *)
Definition beyond (z c : K) : bool := positive K (minus K z c).

Fixpoint piece (f : activation) (z : K) : nat :=
  match f with
  | Last _ _ => 0
  | UpTo c _ _ next => if beyond z (rational K c) then S (piece next z) else 0
  end.

Fixpoint image (f : activation) (z : K) : K :=
  match f with
  | Last s t => plus K (times K (rational K s) z) (rational K t)
  | UpTo c s t next =>
      if beyond z (rational K c) then image next z
      else plus K (times K (rational K s) z) (rational K t)
  end.

Definition argument (n : neuron) (x : list K) : K := value (Form (weights n) (bias n)) x.

(** The pattern at a point, by a forward pass. *)
Fixpoint pattern_at (net : network) (x : list K) : pattern :=
  match net with
  | [] => []
  | ns :: rest =>
      map (fun n => piece (function n) (argument n x)) ns
      :: pattern_at rest (map (fun n => image (function n) (argument n x)) ns)
  end.

(** ** 3. Regions

    A region of a network is a pattern that holds on an open set of the domain.  The pattern of
    [x] is that of a region when it is the same at all points [y] near [x]: each coordinate
    changed by less than some [e > 0]. *)

Definition within (e v : K) : Prop :=
  positive K (minus K e v) = true /\ positive K (plus K e v) = true.

Definition near (e : K) (x y : list K) : Prop := Forall2 (fun a b => within e (minus K b a)) x y.

Definition stable (net : network) (x : list K) : Prop :=
  exists e, positive K e = true /\ forall y, near e x y -> pattern_at net y = pattern_at net x.

Definition inside (domain : list form) (x : list K) : Prop :=
  Forall (fun f => positive K (value f x) = true) domain.

(** The pattern [p] is that of a region of the network over the domain, in [d] inputs. *)
Definition is_region (d : nat) (net : network) (domain : list form) (p : pattern) : Prop :=
  exists x, length x = d /\ inside domain x /\ stable net x /\ pattern_at net x = p.

End Meaning.

(** Every neuron has as many weights as there are inputs to its layer. *)
Fixpoint rectangular (d : nat) (net : network) : bool :=
  match net with
  | [] => true
  | ns :: rest => forallb (fun n => length (weights n) =? d) ns && rectangular (length ns) rest
  end.

(** ** 4. The checker

    A certificate is a tree.  [Split n b] asks on which side of its [b]-th breakpoint neuron [n]
    of the current layer is; [Below] and [Above] say that it can be on one side only, by
    multipliers of the rows that hold on the cell, of which the first is the row of the side that
    is refuted; a leaf is a point, as numerators over a scale, strictly inside all rows.  The
    current layer is the first one that is not decided, and the checker itself decides what is
    constant on the cell. *)

Inductive tree :=
| Leaf (scale : Z) (witness : list Z)
| Split (n b : nat) (below above : tree)
| Below (n b : nat) (multipliers : list (nat * Z)) (child : tree)
| Above (n b : nat) (multipliers : list (nat * Z)) (child : tree).

(** Rows are integers.  The affine functions of a layer share one positive scale, by which they are
    divided, so that no fraction is ever reduced. *)
Record row := Row { coefficients : list Z; constant : Z }.

Fixpoint add_scaled (w : Z) (a b : list Z) : list Z :=
  match a, b with
  | [], _ => b
  | u :: a', [] => (w * u)%Z :: add_scaled w a' []
  | u :: a', v :: b' => (w * u + v)%Z :: add_scaled w a' b'
  end.

Definition plus_scaled (w : Z) (f g : row) : row :=
  if Z.eqb w 0 then g
  else Row (add_scaled w (coefficients f) (coefficients g)) (w * constant f + constant g).

Fixpoint combine (ws : list Z) (fs : list row) (sum : row) : row :=
  match ws, fs with
  | w :: ws', f :: fs' => combine ws' fs' (plus_scaled w f sum)
  | _, _ => sum
  end.

Fixpoint inputs (d : nat) : list row :=
  match d with
  | O => []
  | S d' => Row [1%Z] 0 :: map (fun f => Row (0%Z :: coefficients f) (constant f)) (inputs d')
  end.

Definition is_constant (f : row) : bool := forallb (Z.eqb 0) (coefficients f).

(** The row with coprime numbers. *)
Definition primitive (f : row) : row :=
  let g := fold_right Z.gcd (constant f) (coefficients f) in
  if Z.leb g 1 then f else Row (map (fun a => a / g)%Z (coefficients f)) (constant f / g).

Definition negated (f : row) : row := Row (map Z.opp (coefficients f)) (- constant f).

(** Rational numbers over a common denominator. *)
Definition common (qs : list Q) : Z := fold_left (fun m q => Z.lcm m (Zpos (Qden q))) qs 1%Z.
Definition over (m : Z) (q : Q) : Z := (Qnum q * (m / Zpos (Qden q)))%Z.
Definition exact (m : Z) (qs : list Q) : bool :=
  Z.ltb 0 m && forallb (fun q => Qeq_bool (inject_Z (over m q)) (inject_Z m * q)) qs.

Fixpoint lines (f : activation) : list (Q * Q) :=
  match f with Last s t => [(s, t)] | UpTo _ s t next => (s, t) :: lines next end.

Definition slopes_and_intercepts (f : activation) : list Q :=
  map fst (lines f) ++ map snd (lines f).

(** A layer in integers: its weights and biases over [below_weights], the slopes and intercepts of
    its functions over [below_lines]. *)
Record unit := Unit {
  owner : neuron; whole_weights : list Z; whole_bias : Z; whole_lines : list (Z * Z) }.
Record stage := Stage { below_weights : Z; below_lines : Z; units : list unit }.

Definition numbers_before (ns : layer) : list Q := flat_map (fun n => bias n :: weights n) ns.
Definition numbers_behind (ns : layer) : list Q :=
  flat_map (fun n => slopes_and_intercepts (function n)) ns.

Definition in_integers (ns : layer) : stage :=
  let m := common (numbers_before ns) in
  let k := common (numbers_behind ns) in
  Stage m k
    (map (fun n => Unit n (map (over m) (weights n)) (over m (bias n))
                     (map (fun l => (over k (fst l), over k (snd l))) (lines (function n)))) ns).

Definition exact_layer (ns : layer) : bool :=
  exact (common (numbers_before ns)) (numbers_before ns) &&
  exact (common (numbers_behind ns)) (numbers_behind ns).

Definition row_of (f : form) : row :=
  let m := common (offset f :: normal f) in
  primitive (Row (map (over m) (normal f)) (over m (offset f))).

Definition exact_form (f : form) : bool :=
  exact (common (offset f :: normal f)) (offset f :: normal f).

(** A kink of a neuron: its row, or the side that is known. *)
Inductive kink := Open (f : row) | Decided (is_beyond : bool).

Record cell := Cell { base : unit; sum : row; kinks : list kink }.

Fixpoint breakpoints (f : activation) : list Q :=
  match f with Last _ _ => [] | UpTo c _ _ next => c :: breakpoints next end.

(** [z] stands for [z / scale] *)
Definition start (scale : Z) (z : row) (c : Q) : kink :=
  let q := Zpos (Qden c) in
  if is_constant z then Decided (Z.ltb (Qnum c * scale) (constant z * q))
  else Open (primitive (plus_scaled q z (Row [] (- (Qnum c * scale))))).

Definition enter (before after : Z) (fs : list row) (u : unit) : cell :=
  let z := combine (whole_weights u) fs (Row [] (whole_bias u * before)) in
  Cell u z (map (start after z) (breakpoints (function (owner u)))).

Fixpoint piece_of (ks : list kink) : option nat :=
  match ks with
  | [] => Some 0
  | Open _ :: _ => None
  | Decided side :: r =>
      match piece_of r with
      | None => None
      | Some k => Some (if side then S k else 0)
      end
  end.

Fixpoint pieces (cs : list cell) : option (list nat) :=
  match cs with
  | [] => Some []
  | c :: r =>
      match piece_of (kinks c), pieces r with
      | Some k, Some ks => Some (k :: ks)
      | _, _ => None
      end
  end.

Definition outcome (scale : Z) (c : cell) (k : nat) : row :=
  let (s, t) := nth k (whole_lines (base c)) (0, 0)%Z in
  plus_scaled s (sum c) (Row [] (t * scale)).

Fixpoint outcomes (scale : Z) (cs : list cell) (ks : list nat) : list row :=
  match cs, ks with
  | c :: cs', k :: ks' => outcome scale c k :: outcomes scale cs' ks'
  | _, _ => []
  end.

(** Where a walk down the tree stands: the pieces of the layers that are decided, the last one
    first; the current layer, with the scale of its sums; the layers behind it. *)
Inductive state :=
| Finished (past : pattern)
| At (past : pattern) (slopes_below scale : Z) (current : list cell) (rest : list stage).

Fixpoint settle (rest : list stage) (past : pattern) (k scale : Z) (current : list cell) : state :=
  match pieces current with
  | None => At past k scale current rest
  | Some ks =>
      match rest with
      | [] => Finished (ks :: past)
      | s :: rest' =>
          let fs := outcomes scale current ks in
          let before := (k * scale)%Z in
          let after := (below_weights s * before)%Z in
          settle rest' (ks :: past) (below_lines s) after
            (map (enter before after fs) (units s))
      end
  end.

Fixpoint update {A : Type} (i : nat) (g : A -> A) (l : list A) : list A :=
  match l, i with
  | [], _ => []
  | a :: r, O => g a :: r
  | a :: r, S i' => a :: update i' g r
  end.

Definition decide (n b : nat) (side : bool) (cs : list cell) : list cell :=
  update n (fun c => Cell (base c) (sum c) (update b (fun _ => Decided side) (kinks c))) cs.

Fixpoint increasing (l : list Q) : bool :=
  match l with [] => true | c :: r => forallb (Qle_bool c) r && increasing r end.

(** The row of an undecided kink, if it may be decided. *)
Definition open_row (d n b : nat) (cs : list cell) : option row :=
  match nth_error cs n with
  | None => None
  | Some c =>
      match nth_error (kinks c) b with
      | Some (Open f) =>
          if negb (is_constant f) && (length (coefficients f) <=? d)
             && increasing (breakpoints (function (owner (base c))))
          then Some f else None
      | _ => None
      end
  end.

Fixpoint total (rows : list row) (ys : list (nat * Z)) : option row :=
  match ys with
  | [] => Some (Row [] 0)
  | (i, y) :: ys' =>
      match nth_error rows i, total rows ys' with
      | Some f, Some g => if Z.leb y 0 then None else Some (plus_scaled y f g)
      | _, _ => None
      end
  end.

Definition refutes (ys : list (nat * Z)) (rows : list row) : bool :=
  match ys, total rows ys with
  | _ :: _, Some f => is_constant f && Z.leb (constant f) 0
  | _, _ => false
  end.

Fixpoint dot_Z (w x : list Z) : Z :=
  match w, x with a :: w', v :: x' => (a * v + dot_Z w' x')%Z | _, _ => 0%Z end.

Definition holds_at (scale : Z) (x : list Z) (f : row) : bool :=
  Z.ltb 0 (dot_Z (coefficients f) x + constant f * scale).

Fixpoint walk (d : nat) (t : tree) (rows : list row) (s : state) : option (list pattern) :=
  match t, s with
  | Leaf scale x, Finished past =>
      if Z.ltb 0 scale && (length x =? d) && forallb (holds_at scale x) rows
      then Some [rev past] else None
  | Split n b below above, At past k scale current rest =>
      match open_row d n b current with
      | None => None
      | Some f =>
          match walk d below (negated f :: rows)
                  (settle rest past k scale (decide n b false current)),
                walk d above (f :: rows)
                  (settle rest past k scale (decide n b true current)) with
          | Some l, Some r => Some (l ++ r)
          | _, _ => None
          end
      end
  | Below n b ys child, At past k scale current rest =>
      match open_row d n b current with
      | None => None
      | Some f =>
          if refutes ys (f :: rows)
          then walk d child (negated f :: rows)
                 (settle rest past k scale (decide n b false current))
          else None
      end
  | Above n b ys child, At past k scale current rest =>
      match open_row d n b current with
      | None => None
      | Some f =>
          if refutes ys (negated f :: rows)
          then walk d child (f :: rows)
                 (settle rest past k scale (decide n b true current))
          else None
      end
  | _, _ => None
  end.

(** Are the patterns pairwise different?  Each is written as one binary number; these are sorted. *)
Definition key (p : pattern) : Z :=
  Zpos (fold_left (fun a k => xO (Nat.iter k xI a)) (concat p) 1%positive).

Module Order <: Orders.TotalLeBool.
  Definition t := Z.
  Definition leb := Z.leb.
  Lemma leb_total : forall a b, Z.leb a b = true \/ Z.leb b a = true.
  Proof. intros a b. rewrite !Z.leb_le. lia. Qed.
End Order.
Module Sorting := Sort Order.

Fixpoint ascending (l : list Z) : bool :=
  match l with
  | a :: (b :: _) as r => Z.ltb a b && ascending r
  | _ => true
  end.

(** Where the walk begins. *)
Definition beginning (d : nat) (net : network) : state :=
  match map in_integers net with
  | [] => Finished []
  | s :: rest =>
      settle rest [] (below_lines s) (below_weights s * 1)
        (map (enter 1 (below_weights s * 1) (inputs d)) (units s))
  end.

Definition check (d : nat) (net : network) (domain : list form) (t : tree)
  : option (list pattern) :=
  if forallb exact_layer net && forallb exact_form domain then
    match walk d t (map row_of domain) (beginning d net) with
    | Some ps => if ascending (Sorting.sort (map key ps)) then Some ps else None
    | None => None
    end
  else None.

(** ** 5. Certificates as texts

    Reading numerals costs more time than checking them, so a certificate is a list of strings of
    integers with single spaces, the tree in preorder:

    - [0 q p1 .. pd]: a leaf, the witness [(p1/q, .., pd/q)];
    - [1 n b]: a split, the child below follows and then the child above;
    - [2 n b k i1 y1 .. ik yk]: the side above is empty, by [k] multipliers [y] of the rows [i];
      the child below follows.  Row 0 is the row of that side, 1 the newest row of the path, and
      so on to the oldest, after which come the domain's rows in their order;
    - [3 n b k i1 y1 .. ik yk]: the side below is empty; the child above follows.

    Nothing depends on this reader: what it reads is checked. *)

Inductive text := End | Byte (b : byte) (rest : text).
Fixpoint text_of_bytes (l : list byte) : text :=
  match l with [] => End | b :: r => Byte b (text_of_bytes r) end.
Fixpoint bytes_of_text (t : text) : list byte :=
  match t with End => [] | Byte b r => b :: bytes_of_text r end.
Declare Scope text_scope.
Delimit Scope text_scope with text.
Bind Scope text_scope with text.
String Notation text text_of_bytes bytes_of_text : text_scope.

Definition digit (b : byte) : option Z :=
  match b with
  | "0" => Some 0%Z | "1" => Some 1%Z | "2" => Some 2%Z | "3" => Some 3%Z | "4" => Some 4%Z
  | "5" => Some 5%Z | "6" => Some 6%Z | "7" => Some 7%Z | "8" => Some 8%Z | "9" => Some 9%Z
  | _ => None
  end%byte.

Fixpoint integers (t : text) (sign value : Z) : list Z :=
  match t with
  | End => [(sign * value)%Z]
  | Byte "-" r => integers r (-1)%Z value
  | Byte b r =>
      match digit b with
      | Some k => integers r sign (10 * value + k)%Z
      | None => (sign * value)%Z :: integers r 1%Z 0%Z
      end
  end.

Fixpoint read_pairs (k : nat) (s : list Z) : option (list (nat * Z) * list Z) :=
  match k, s with
  | O, _ => Some ([], s)
  | S k', i :: y :: s' =>
      match read_pairs k' s' with
      | Some (ys, s'') => Some ((Z.to_nat i, y) :: ys, s'')
      | None => None
      end
  | _, _ => None
  end.

Fixpoint read_tree (d fuel : nat) (s : list Z) : option (tree * list Z) :=
  match fuel, s with
  | S fuel', 0%Z :: q :: s' =>
      Some (Leaf q (firstn d s'), skipn d s')
  | S fuel', 1%Z :: n :: b :: s' =>
      match read_tree d fuel' s' with
      | None => None
      | Some (below, s'') =>
          match read_tree d fuel' s'' with
          | None => None
          | Some (above, r) => Some (Split (Z.to_nat n) (Z.to_nat b) below above, r)
          end
      end
  | S fuel', side :: n :: b :: k :: s' =>
      match read_pairs (Z.to_nat k) s' with
      | None => None
      | Some (ys, s'') =>
          match read_tree d fuel' s'' with
          | None => None
          | Some (child, r) =>
              Some ((if Z.eqb side 2 then Below else Above)
                      (Z.to_nat n) (Z.to_nat b) ys child, r)
          end
      end
  | _, _ => None
  end.

Definition check_texts (d : nat) (net : network) (domain : list form) (lines : list text)
  : option (list pattern) :=
  let s := flat_map (fun t => integers t 1%Z 0%Z) lines in
  match read_tree d (length s) s with
  | Some (t, []) => check d net domain t
  | _ => None
  end.
(** ** 6. Soundness: the linear algebra *)

Section Soundness.
Variable K : numbers.
Add Ring ring_of_numbers : (ring_laws K).

Declare Scope numbers_scope.
Delimit Scope numbers_scope with K.
Bind Scope numbers_scope with number.
Notation "0" := (zero K) : numbers_scope.
Notation "1" := (one K) : numbers_scope.
Infix "+" := (plus K) : numbers_scope.
Infix "*" := (times K) : numbers_scope.
Infix "-" := (minus K) : numbers_scope.
Notation "- a" := (opposite K a) : numbers_scope.
Open Scope numbers_scope.
Notation pos a := (positive K a = true).
Notation of := (rational K).
Implicit Types (x y : list K) (e v : K).

Lemma zero_is_not_positive : positive K 0 = false.
Proof.
  destruct (positive K 0) eqn:H; [|reflexivity].
  pose proof (positive_opposite K _ H) as N. replace (- 0) with 0 in N by ring. congruence.
Qed.

Lemma never_both : forall a, pos a -> pos (- a) -> False.
Proof. intros a A B. rewrite (positive_opposite K _ A) in B. discriminate. Qed.

Lemma positive_scale : forall q v, (0 < q)%Q -> positive K (of q * v) = positive K v.
Proof.
  intros q v Q. assert (P := rational_positive K q Q).
  destruct (positive K v) eqn:V; [now apply positive_times|].
  destruct (positive K (- v)) eqn:N.
  - assert (M : pos (of q * - v)) by now apply positive_times.
    destruct (positive K (of q * v)) eqn:B; [|reflexivity].
    exfalso. apply (never_both _ B). now replace (- (of q * v)) with (of q * - v) by ring.
  - rewrite (trichotomy K v V N). replace (of q * 0) with 0 by ring. apply zero_is_not_positive.
Qed.

Lemma rational_opposite : forall q, of (Qopp q) = - of q.
Proof.
  intro q. assert (H : of (q + Qopp q)%Q = 0).
  { rewrite <- (rational_zero K). apply rational_equal. ring. }
  rewrite rational_plus in H. replace (- of q) with (0 - of q) by ring. rewrite <- H. ring.
Qed.

Lemma rational_minus : forall p q, of (p - q)%Q = of p - of q.
Proof. intros. unfold Qminus. rewrite rational_plus, rational_opposite. ring. Qed.

Lemma rational_order : forall p q, positive K (of p - of q) = negb (Qle_bool p q).
Proof.
  intros. rewrite <- rational_minus. destruct (Qle_bool p q) eqn:H; simpl.
  - apply Qle_bool_iff in H. apply Qle_lteq in H. destruct H as [H|H].
    + destruct (positive K (of (p - q)%Q)) eqn:P; [|reflexivity].
      exfalso. apply (never_both _ P). rewrite <- rational_opposite.
      apply rational_positive. apply Qlt_minus_iff in H.
      setoid_replace (- (p - q))%Q with (q + - p)%Q by ring. exact H.
    + rewrite (rational_equal K _ 0%Q) by (rewrite H; ring). rewrite rational_zero.
      apply zero_is_not_positive.
  - apply rational_positive. apply -> Qlt_minus_iff. apply Qnot_le_lt. intro L.
    apply Qle_bool_iff in L. congruence.
Qed.

Lemma rational_sign : forall q, positive K (of q) = negb (Qle_bool q 0).
Proof.
  intro q. rewrite <- rational_order, rational_zero. f_equal. ring.
Qed.

(** Forms *)

Lemma dot_nothing : forall w, dot K w [] = 0.
Proof. now intros []. Qed.

(** The value of a row. *)
Definition form_of (f : row) : form := Form (map inject_Z (coefficients f)) (inject_Z (constant f)).
Definition row_at (f : row) x : K := value K (form_of f) x.
Notation int a := (of (inject_Z a)).

Lemma int_plus : forall a b, int (a + b)%Z = int a + int b.
Proof. intros. now rewrite <- rational_plus, <- inject_Z_plus. Qed.

Lemma int_times : forall a b, int (a * b)%Z = int a * int b.
Proof. intros. now rewrite <- rational_times, <- inject_Z_mult. Qed.

Lemma int_zero : int 0%Z = 0.
Proof. apply rational_zero. Qed.

Lemma int_one : int 1%Z = 1.
Proof. apply rational_one. Qed.

Lemma int_sign : forall a, positive K (int a) = Z.ltb 0 a.
Proof.
  intro a. rewrite rational_sign. unfold Qle_bool. simpl. rewrite Z.mul_1_r.
  now rewrite Z.leb_antisym, negb_involutive.
Qed.

Definition inverse (m : Z) : Q := / inject_Z m.

Lemma inverse_cancels : forall m, (0 < m)%Z -> int m * of (inverse m) = 1.
Proof.
  intros m M. rewrite <- rational_times, <- rational_one. apply rational_equal, Qmult_inv_r.
  intro E. unfold Qeq in E. simpl in E. lia.
Qed.

Lemma inverse_positive : forall m, (0 < m)%Z -> (0 < inverse m)%Q.
Proof. intros m M. apply Qinv_lt_0_compat. unfold Qlt. simpl. lia. Qed.

Lemma dot_add_scaled : forall m u w x, dot K (map inject_Z (add_scaled m u w)) x =
  int m * dot K (map inject_Z u) x + dot K (map inject_Z w) x.
Proof.
  intros m u. induction u as [|p u IH]; intros w x; [simpl; ring|].
  destruct w as [|q w], x as [|a x]; cbn [add_scaled map dot]; rewrite ?int_plus, ?int_times, ?IH;
    cbn [map dot]; ring.
Qed.

Lemma value_plus_scaled : forall m f g x,
  row_at (plus_scaled m f g) x = int m * row_at f x + row_at g x.
Proof.
  intros. unfold plus_scaled. destruct (Z.eqb m 0) eqn:W.
  - apply Z.eqb_eq in W. rewrite W, int_zero. ring.
  - unfold row_at, form_of, value. cbn [normal offset coefficients constant].
    rewrite dot_add_scaled, int_plus, int_times. ring.
Qed.

Lemma value_combine : forall ws fs g x, row_at (combine ws fs g) x =
  dot K (map inject_Z ws) (map (fun f => row_at f x) fs) + row_at g x.
Proof.
  induction ws as [|w ws IH]; intros fs g x; [simpl; ring|].
  destruct fs as [|f fs]; cbn [combine map dot]; [ring|]. rewrite IH, value_plus_scaled. ring.
Qed.

Lemma value_of_number : forall a x, row_at (Row [] a) x = int a.
Proof. intros. unfold row_at, form_of, value. simpl. ring. Qed.

Lemma values_of_inputs : forall x, map (fun f => row_at f x) (inputs (length x)) = x.
Proof.
  induction x as [|a x IH]; [reflexivity|].
  cbn [length inputs map]. f_equal.
  - unfold row_at, form_of, value. cbn [normal offset coefficients constant map dot].
    rewrite int_one, int_zero. ring.
  - rewrite map_map. rewrite <- IH at 2. apply map_ext. intro f.
    unfold row_at, form_of, value. cbn [normal offset coefficients constant map dot].
    rewrite int_zero. ring.
Qed.

Lemma divided : forall g l c, Forall (Z.divide g) l -> (1 < g)%Z -> Z.divide g c -> forall x,
  row_at (Row l c) x = int g * row_at (Row (map (fun a => a / g)%Z l) (c / g)) x.
Proof.
  intros g l c H G C x. unfold row_at, form_of, value. cbn [normal offset coefficients constant].
  assert (D : forall a, Z.divide g a -> int a = int g * int (a / g)).
  { intros a A. rewrite <- int_times. f_equal. f_equal. apply Z.div_exact; [lia|].
    apply Z.mod_divide; [lia|exact A]. }
  rewrite (D c C). revert x. induction H as [|a l A H IH]; intros [|v x]; cbn [map dot]; try ring.
  rewrite (D a A). specialize (IH x).
  replace (int g * int (a / g) * v + dot K (map inject_Z l) x + int g * int (c / g))
    with (int g * int (a / g) * v + (dot K (map inject_Z l) x + int g * int (c / g))) by ring.
  rewrite IH. ring.
Qed.

Lemma value_primitive : forall f, exists q, (0 < q)%Q /\
  forall x, row_at (primitive f) x = of q * row_at f x.
Proof.
  intros [l c]. unfold primitive. cbn [coefficients constant].
  set (g := fold_right Z.gcd c l). destruct (Z.leb g 1) eqn:G.
  - exists 1%Q. split; [reflexivity|]. intro x. rewrite rational_one. ring.
  - apply Z.leb_gt in G. exists (inverse g). split; [apply inverse_positive; lia|]. intro x.
    assert (D : Forall (Z.divide g) l /\ Z.divide g c).
    { clear G x. subst g. induction l as [|a l [IH C]]; cbn [fold_right]; split.
      - constructor.
      - apply Z.divide_refl.
      - constructor; [apply Z.gcd_divide_l|]. eapply Forall_impl; [|exact IH].
        intros b B. eapply Z.divide_trans; [apply Z.gcd_divide_r|exact B].
      - eapply Z.divide_trans; [apply Z.gcd_divide_r|exact C]. }
    rewrite (divided g l c (proj1 D) G (proj2 D)).
    assert (I := inverse_cancels g ltac:(lia)).
    replace (of (inverse g) * (int g * row_at (Row (map (fun a => (a / g)%Z) l) (c / g)) x))
      with (int g * of (inverse g) * row_at (Row (map (fun a => (a / g)%Z) l) (c / g)) x) by ring.
    rewrite I. ring.
Qed.

(** Numbers over a common denominator. *)
Lemma exact_over : forall m qs, exact m qs = true ->
  (0 < m)%Z /\ forall q, In q qs -> int (over m q) = int m * of q.
Proof.
  intros m qs E. apply andb_prop in E as [M E]. apply Z.ltb_lt in M. split; [exact M|].
  intros q I. rewrite forallb_forall in E. apply E, Qeq_bool_iff in I.
  rewrite <- rational_times. now apply rational_equal.
Qed.

Lemma dot_over : forall m ws, (forall q, In q ws -> int (over m q) = int m * of q) ->
  forall x, dot K (map inject_Z (map (over m) ws)) x = int m * dot K ws x.
Proof.
  intros m. induction ws as [|q ws IH]; intros H x; [simpl; ring|].
  destruct x as [|v x]; cbn [map dot]; [ring|].
  rewrite IH by (intros; apply H; now right). rewrite H by now left. ring.
Qed.

Lemma value_row_of : forall f, exact_form f = true -> exists q, (0 < q)%Q /\
  forall x, row_at (row_of f) x = of q * value K f x.
Proof.
  intros f E. unfold row_of. set (m := common (offset f :: normal f)).
  destruct (exact_over _ _ E) as [M H]. fold m in M, H.
  destruct (value_primitive (Row (map (over m) (normal f)) (over m (offset f)))) as [q [Q V]].
  exists (q * inject_Z m)%Q. split.
  - apply Qmult_lt_0_compat; [exact Q|]. unfold Qlt. simpl. lia.
  - intro x. rewrite V, rational_times. unfold row_at, form_of, value.
    cbn [normal offset coefficients constant].
    rewrite (dot_over m) by (intros; apply H; now right). rewrite H by now left. ring.
Qed.

Lemma value_negated : forall f x, row_at (negated f) x = - row_at f x.
Proof.
  intros [l c] x. unfold negated, row_at, form_of, value. cbn [normal offset coefficients constant].
  assert (O : forall a, int (- a)%Z = - int a).
  { intro a. rewrite <- rational_opposite. now rewrite inject_Z_opp. }
  rewrite O. revert x. induction l as [|a l IH]; intros [|v x]; cbn [map dot]; try ring.
  specialize (IH x). rewrite O.
  replace (dot K (map inject_Z (map Z.opp l)) x) with (- dot K (map inject_Z l) x); [ring|].
  replace (dot K (map inject_Z (map Z.opp l)) x)
    with (dot K (map inject_Z (map Z.opp l)) x + - int c + int c) by ring.
  rewrite IH. ring.
Qed.

Lemma value_constant : forall f x, is_constant f = true -> row_at f x = int (constant f).
Proof.
  intros [l c] x H. unfold row_at, form_of, value. cbn [normal offset coefficients constant].
  unfold is_constant in H. cbn [coefficients] in H.
  replace (dot K (map inject_Z l) x) with 0; [ring|]. symmetry. revert x H.
  induction l as [|a l IH]; intros [|v x] H; try reflexivity. cbn [forallb] in H.
  apply andb_prop in H as [A H]. apply Z.eqb_eq in A. cbn [map dot].
  rewrite IH by exact H. rewrite <- A, int_zero. ring.
Qed.

Lemma not_constant : forall f, is_constant f = false ->
  forallb (fun q => Qeq_bool q 0) (normal (form_of f)) = false.
Proof.
  intros [l c] H. unfold is_constant in H. cbn in *. induction l as [|a l IH]; [discriminate|].
  cbn [forallb map] in *. destruct (Z.eqb 0 a) eqn:A; [|].
  - cbn [andb] in H. rewrite (IH H). apply andb_false_r.
  - destruct (Qeq_bool (inject_Z a) 0) eqn:Q; [|reflexivity]. exfalso.
    apply Qeq_bool_iff in Q. unfold Qeq in Q. simpl in Q. apply Z.eqb_neq in A. lia.
Qed.

(** The point with these numerators over a scale. *)
Definition point_of (scale : Z) (x : list Z) : list K :=
  map (fun p => of (inverse scale) * int p) x.

Lemma holds_at_value : forall scale p f, (0 < scale)%Z ->
  holds_at scale p f = positive K (row_at f (point_of scale p)).
Proof.
  intros scale p [l c] S. unfold holds_at. cbn [coefficients constant].
  rewrite <- int_sign. rewrite <- (positive_scale (inverse scale)) by now apply inverse_positive.
  f_equal. rewrite int_plus, int_times.
  unfold row_at, form_of, value. cbn [normal offset coefficients constant].
  assert (D : forall p, dot K (map inject_Z l) (point_of scale p) =
                of (inverse scale) * int (dot_Z l p)).
  { induction l as [|a l IH]; intros [|v y]; cbn [point_of map dot dot_Z]; rewrite ?int_zero;
      try ring. unfold point_of in IH. rewrite IH, int_plus, int_times. ring. }
  rewrite D. replace (int c) with (int scale * of (inverse scale) * int c) at 2
    by (rewrite inverse_cancels by exact S; ring). ring.
Qed.

(** Being near *)

Lemma within_zero : forall e v, pos e -> within K e (v - v).
Proof.
  intros e v H. split; [replace (e - (v - v)) with e by ring|
    replace (e + (v - v)) with e by ring]; assumption.
Qed.

Lemma within_plus : forall e1 e2 v z,
  within K e1 v -> within K e2 z -> within K (e1 + e2) (v + z).
Proof.
  intros e1 e2 v z [A B] [C D]. split.
  - replace (e1 + e2 - (v + z)) with (e1 - v + (e2 - z)) by ring. now apply positive_plus.
  - replace (e1 + e2 + (v + z)) with (e1 + v + (e2 + z)) by ring. now apply positive_plus.
Qed.

Lemma within_opposite : forall e v, within K e v -> within K e (- v).
Proof.
  intros e v [A B]. split; [replace (e - - v) with (e + v) by ring|
    replace (e + - v) with (e - v) by ring]; assumption.
Qed.

Lemma within_positive : forall e v, within K e v -> pos e.
Proof.
  intros e v [A B]. rewrite <- (positive_scale 2 e) by reflexivity.
  replace (of 2 * e) with (e - v + (e + v)); [now apply positive_plus|].
  rewrite (rational_equal K 2 (1 + 1)) by reflexivity. rewrite rational_plus, rational_one. ring.
Qed.

(** How far a form moves, as a multiple of how far each coordinate does. *)
Fixpoint reach (w : list Q) : Q :=
  match w with [] => 1 | q :: w' => (Qabs.Qabs q + 1) + reach w' end.

Lemma reach_positive : forall w, (0 < reach w)%Q.
Proof.
  induction w as [|q w IH]; [reflexivity|]. cbn [reach].
  assert (H := Qabs.Qabs_nonneg q). apply Qlt_le_trans with (0 + reach w)%Q.
  - now rewrite Qplus_0_l.
  - apply Qplus_le_compat; [|apply Qle_refl].
    apply Qle_trans with (Qabs.Qabs q + 0)%Q; [now rewrite Qplus_0_r|].
    apply Qplus_le_compat; [apply Qle_refl|discriminate].
Qed.

Lemma within_rational : forall q e v,
  within K e v -> within K (of (Qabs.Qabs q + 1)%Q * e) (of q * v).
Proof.
  assert (G : forall q e v, (0 <= q)%Q -> within K e v -> within K (of (q + 1)%Q * e) (of q * v)).
  { intros q e v Q W. assert (E := within_positive _ _ W). destruct W as [A B].
    rewrite rational_plus, rational_one. apply Qle_lteq in Q. destruct Q as [Q|Q].
    - assert (P := rational_positive K _ Q). split.
      + replace ((of q + 1) * e - of q * v) with (of q * (e - v) + e) by ring.
        apply positive_plus; [now apply positive_times|assumption].
      + replace ((of q + 1) * e + of q * v) with (of q * (e + v) + e) by ring.
        apply positive_plus; [now apply positive_times|assumption].
    - rewrite (rational_equal K q 0) by now symmetry. rewrite rational_zero.
      split; [replace ((0 + 1) * e - 0 * v) with e by ring|
        replace ((0 + 1) * e + 0 * v) with e by ring]; assumption. }
  intros q e v W. destruct (Qlt_le_dec q 0) as [Q|Q].
  - rewrite (rational_equal K (Qabs.Qabs q + 1) (- q + 1)).
    + replace (of q * v) with (of (Qopp q) * - v) by (rewrite rational_opposite; ring).
      apply G; [|now apply within_opposite]. apply Qlt_le_weak in Q.
      apply (Qopp_le_compat q 0) in Q. exact Q.
    + rewrite Qabs.Qabs_neg; [reflexivity|now apply Qlt_le_weak].
  - rewrite (rational_equal K (Qabs.Qabs q + 1) (q + 1)); [now apply G|].
    rewrite Qabs.Qabs_pos; [reflexivity|assumption].
Qed.

Lemma dot_near : forall w e x y, pos e -> near K e x y ->
  within K (of (reach w) * e) (dot K w y - dot K w x).
Proof.
  induction w as [|q w IH]; intros e x y E N.
  - simpl. rewrite rational_one. replace (1 * e) with e by ring. now apply within_zero.
  - destruct N as [|a b x y W N].
    + rewrite !dot_nothing. apply within_zero. apply positive_times; [|assumption].
      apply rational_positive, reach_positive.
    + cbn [dot reach]. rewrite rational_plus.
      replace ((of (Qabs.Qabs q + 1)%Q + of (reach w)) * e)
        with (of (Qabs.Qabs q + 1)%Q * e + of (reach w) * e) by ring.
      replace (of q * b + dot K w y - (of q * a + dot K w x))
        with (of q * (b - a) + (dot K w y - dot K w x)) by ring.
      apply within_plus; [now apply within_rational|now apply IH].
Qed.

Lemma reach_cancels : forall w a, of (reach w) * (of (/ reach w)%Q * a) = a.
Proof.
  intros w a. replace (of (reach w) * (of (/ reach w)%Q * a))
    with (of (reach w) * of (/ reach w)%Q * a) by ring.
  rewrite <- rational_times, (rational_equal K _ 1).
  - rewrite rational_one. ring.
  - apply Qmult_inv_r. intro Z. assert (R := reach_positive w). rewrite Z in R. discriminate.
Qed.

Lemma value_near : forall f x, pos (value K f x) ->
  exists e, pos e /\ forall y, near K e x y -> pos (value K f y).
Proof.
  intros f x P. set (e := of (/ reach (normal f))%Q * value K f x).
  assert (E : pos e).
  { unfold e. rewrite positive_scale; [assumption|]. apply Qinv_lt_0_compat, reach_positive. }
  exists e. split; [assumption|]. intros y N.
  destruct (dot_near (normal f) e x y E N) as [_ M]. unfold e in M. rewrite reach_cancels in M.
  replace (value K f y) with (value K f x + (dot K (normal f) y - dot K (normal f) x));
    [assumption|]. unfold value. ring.
Qed.

Lemma near_less : forall e1 e2 x y, pos (e2 - e1) -> near K e1 x y -> near K e2 x y.
Proof.
  intros e1 e2 x y L N. induction N as [|a b x y [A B] N IH]; constructor; [|exact IH].
  split.
  - replace (e2 - (b - a)) with ((e2 - e1) + (e1 - (b - a))) by ring. now apply positive_plus.
  - replace (e2 + (b - a)) with ((e2 - e1) + (e1 + (b - a))) by ring. now apply positive_plus.
Qed.

Lemma less_of_two : forall e1 e2, pos e1 -> pos e2 ->
  exists e, pos e /\ forall x y, near K e x y -> near K e1 x y /\ near K e2 x y.
Proof.
  intros e1 e2 A B. destruct (positive K (e1 - e2)) eqn:P.
  - exists e2. split; [assumption|]. intros x y N. split; [now apply near_less with e2|assumption].
  - exists e1. split; [assumption|]. intros x y N. split; [assumption|].
    destruct (positive K (e2 - e1)) eqn:R; [now apply near_less with e1|].
    replace e2 with e1; [assumption|].
    assert (Z : e1 - e2 = 0).
    { apply trichotomy; [assumption|]. now replace (- (e1 - e2)) with (e2 - e1) by ring. }
    replace e1 with (e1 - e2 + e2) by ring. rewrite Z. ring.
Qed.

(** All rows are positive. *)
Definition on (rows : list row) x : Prop := Forall (fun f => pos (row_at f x)) rows.

Lemma rows_near : forall rows x, on rows x ->
  exists e, pos e /\ forall y, near K e x y -> on rows y.
Proof.
  induction 1 as [|f rows P H [e [E N]]].
  - exists 1. split; [rewrite <- rational_one; now apply rational_positive|constructor].
  - destruct (value_near (form_of f) x P) as [e' [E' N']].
    destruct (less_of_two e e' E E') as [m [M L]]. exists m. split; [assumption|].
    intros y Y. apply L in Y as [Y Y']. constructor; [now apply N'|now apply N].
Qed.

Lemma near_itself : forall e x, pos e -> near K e x x.
Proof. intros e x E. induction x; constructor; [now apply within_zero|assumption]. Qed.

Lemma near_length : forall e x y, near K e x y -> length y = length x.
Proof. intros e x y N. induction N; simpl; congruence. Qed.

(** A form that is not constant is larger somewhere near. *)
Lemma larger_near : forall w e x, pos e -> forallb (fun q => Qeq_bool q 0) w = false ->
  length w <= length x -> exists y, near K e x y /\ pos (dot K w y - dot K w x).
Proof.
  induction w as [|q w IH]; intros e [|a x] E W L; try discriminate; [simpl in L; lia|].
  simpl in L. destruct (Qeq_bool q 0) eqn:Z.
  - simpl in W. rewrite Z in W. simpl in W. destruct (IH e x E W) as [y [N P]]; [lia|].
    exists (a :: y). split.
    + constructor; [now apply within_zero|assumption].
    + cbn [dot]. now replace (of q * a + dot K w y - (of q * a + dot K w x))
        with (dot K w y - dot K w x) by ring.
  - assert (H : pos (of (1 # 2)%Q * e)) by now rewrite positive_scale.
    assert (T : e = of (1 # 2)%Q * e + of (1 # 2)%Q * e).
    { replace (of (1 # 2)%Q * e + of (1 # 2)%Q * e)
        with ((of (1 # 2)%Q + of (1 # 2)%Q) * e) by ring.
      rewrite <- rational_plus, (rational_equal K _ 1) by reflexivity. rewrite rational_one. ring. }
    assert (W1 : within K e (of (1 # 2)%Q * e)).
    { set (h := of (1 # 2)%Q * e) in *. split.
      - now replace (e - h) with h by (rewrite T; ring).
      - now apply positive_plus. }
    destruct (Qlt_le_dec q 0) as [S|S].
    + exists (a + - (of (1 # 2)%Q * e) :: x). split.
      * constructor; [|now apply near_itself].
        replace (a + - (of (1 # 2)%Q * e) - a) with (- (of (1 # 2)%Q * e)) by ring.
        now apply within_opposite.
      * cbn [dot]. replace (of q * (a + - (of (1 # 2)%Q * e)) + dot K w x - (of q * a + dot K w x))
          with (of (Qopp q) * (of (1 # 2)%Q * e)) by (rewrite rational_opposite; ring).
        rewrite positive_scale; [assumption|]. apply Qopp_lt_compat in S. exact S.
    + exists (a + of (1 # 2)%Q * e :: x). split.
      * constructor; [|now apply near_itself].
        now replace (a + of (1 # 2)%Q * e - a) with (of (1 # 2)%Q * e) by ring.
      * cbn [dot]. replace (of q * (a + of (1 # 2)%Q * e) + dot K w x - (of q * a + dot K w x))
          with (of q * (of (1 # 2)%Q * e)) by ring.
        rewrite positive_scale; [assumption|]. apply Qle_lteq in S. destruct S as [S|S]; trivial.
        symmetry in S. apply Qeq_bool_iff in S. congruence.
Qed.

(** ** 7. Soundness: the walk down the tree *)

Variable d : nat.
Variable net : network.

(** What is known of a kink of the function [z], at all points of the cell [rows]. *)
Definition kink_holds (rows : list row) (z : list K -> K) (c : Q) (k : kink) : Prop :=
  match k with
  | Open f => exists s, (0 < s)%Q /\ forall x, row_at f x = of s * (z x - of c)
  | Decided side => forall x, on rows x -> beyond K (z x) (of c) = side
  end.

Definition lines_hold (k : Z) (u : unit) : Prop :=
  whole_lines u = map (fun l => (over k (fst l), over k (snd l))) (lines (function (owner u))) /\
  forall l, In l (lines (function (owner u))) ->
    int (over k (fst l)) = int k * of (fst l) /\ int (over k (snd l)) = int k * of (snd l).

(** The layer's inputs are [ys x]. *)
Definition cell_holds (rows : list row) (k scale : Z) (ys : list K -> list K) (c : cell) : Prop :=
  let z := fun x => argument K (owner (base c)) (ys x) in
  (forall x, z x = of (inverse scale) * row_at (sum c) x) /\ lines_hold k (base c) /\
  Forall2 (kink_holds rows z) (breakpoints (function (owner (base c)))) (kinks c).

Definition owners (cs : list cell) : list neuron := map (fun c => owner (base c)) cs.

Definition state_holds (rows : list row) (s : state) : Prop :=
  match s with
  | Finished past => forall x, length x = d -> on rows x -> pattern_at K net x = rev past
  | At past k scale cs rest =>
      (0 < k)%Z /\ (0 < scale)%Z /\
      exists ns, rest = map in_integers ns /\ Forall (fun n => exact_layer n = true) ns /\
      exists ys, Forall (cell_holds rows k scale ys) cs /\
        forall x, length x = d -> on rows x ->
          pattern_at K net x = rev past ++ pattern_at K (owners cs :: ns) (ys x)
  end.

Lemma inverse_times : forall a b, (0 < a)%Z -> (0 < b)%Z ->
  int a * of (inverse (a * b)) = of (inverse b).
Proof.
  intros a b A B. assert (P := inverse_cancels (a * b) ltac:(lia)). rewrite int_times in P.
  assert (R := inverse_cancels b B).
  replace (int a * of (inverse (a * b)))
    with (int a * of (inverse (a * b)) * (int b * of (inverse b))) by (rewrite R; ring).
  replace (int a * of (inverse (a * b)) * (int b * of (inverse b)))
    with (int a * int b * of (inverse (a * b)) * of (inverse b)) by ring.
  rewrite P. ring.
Qed.

Lemma kink_of_smaller_cell : forall (f : row) rows z (c : Q) k,
  kink_holds rows z c k -> kink_holds (f :: rows) z c k.
Proof.
  intros f rows z c [r|side] H; [exact H|]. intros x I. apply H. now inversion I.
Qed.

Lemma start_holds : forall rows scale f z c, (0 < scale)%Z ->
  (forall x, z x = of (inverse scale) * row_at f x) -> kink_holds rows z c (start scale f c).
Proof.
  intros rows scale f z c S Z. unfold start. set (q := Zpos (Qden c)).
  assert (C : int q * of c = int (Qnum c)).
  { rewrite <- rational_times. apply rational_equal. destruct c as [u v].
    unfold q, Qeq, Qmult, inject_Z. cbn [Qnum Qden]. rewrite Pos.mul_1_l. ring. }
  assert (V : forall x, int q * row_at f x - int (Qnum c * scale) =
                int q * int scale * (z x - of c)).
  { intro x. rewrite Z, int_times, <- C. assert (I := inverse_cancels scale S).
    replace (int q * int scale * (of (inverse scale) * row_at f x - of c))
      with (int q * (int scale * of (inverse scale)) * row_at f x - int q * of c * int scale)
      by ring.
    rewrite I. ring. }
  assert (Q : (0 < inject_Z q * inject_Z scale)%Q).
  { apply Qmult_lt_0_compat; [reflexivity|]. unfold Qlt. simpl. lia. }
  destruct (is_constant f) eqn:CO.
  - intros x _. unfold beyond. rewrite <- (positive_scale _ _ Q), rational_times, <- V.
    rewrite value_constant by exact CO. rewrite <- int_times.
    replace (int (q * constant f)%Z - int (Qnum c * scale)%Z)
      with (int (q * constant f - Qnum c * scale)%Z).
    + rewrite int_sign. destruct (Z.ltb_spec (Qnum c * scale) (constant f * q)),
        (Z.ltb_spec 0 (q * constant f - Qnum c * scale)); trivial; lia.
    + unfold Z.sub. rewrite int_plus, inject_Z_opp, rational_opposite. ring.
  - destruct (value_primitive (plus_scaled q f (Row [] (- (Qnum c * scale))))) as [p [P W]].
    exists (p * (inject_Z q * inject_Z scale))%Q.
    split; [now apply Qmult_lt_0_compat|]. intro x.
    rewrite W, value_plus_scaled, value_of_number, !rational_times.
    replace (int (- (Qnum c * scale))) with (- int (Qnum c * scale)).
    + replace (int q * row_at f x + - int (Qnum c * scale))
        with (int q * row_at f x - int (Qnum c * scale)) by ring. rewrite V. ring.
    + now rewrite <- rational_opposite, <- inject_Z_opp.
Qed.

Lemma exact_unit : forall ns, exact_layer ns = true ->
  (0 < below_weights (in_integers ns))%Z /\ (0 < below_lines (in_integers ns))%Z /\
  map owner (units (in_integers ns)) = ns /\
  forall u, In u (units (in_integers ns)) ->
    lines_hold (below_lines (in_integers ns)) u /\
    int (whole_bias u) = int (below_weights (in_integers ns)) * of (bias (owner u)) /\
    forall vs, dot K (map inject_Z (whole_weights u)) vs =
      int (below_weights (in_integers ns)) * dot K (weights (owner u)) vs.
Proof.
  intros ns E. apply andb_prop in E as [B L]. apply exact_over in B as [M B].
  apply exact_over in L as [N L]. cbn [in_integers below_weights below_lines units].
  split; [exact M|]. split; [exact N|]. split.
  { rewrite map_map. cbn [owner]. apply map_id. }
  intros u U. apply in_map_iff in U as [n [U I]]. subst u. cbn [owner whole_bias whole_weights].
  assert (BN : forall q, In q (bias n :: weights n) -> In q (numbers_before ns)).
  { intros q Q. apply in_flat_map. now exists n. }
  assert (LN : forall q, In q (slopes_and_intercepts (function n)) -> In q (numbers_behind ns)).
  { intros q Q. apply in_flat_map. now exists n. }
  split.
  - split; [reflexivity|]. cbn [owner]. intros l LI.
    split; apply L, LN; apply in_or_app; [left|right]; now apply in_map.
  - split; [now apply B, BN; left|]. apply dot_over. intros q Q. apply B, BN. now right.
Qed.

Lemma enter_holds : forall rows ns before fs u, exact_layer ns = true -> (0 < before)%Z ->
  In u (units (in_integers ns)) ->
  let after := (below_weights (in_integers ns) * before)%Z in
  cell_holds rows (below_lines (in_integers ns)) after
    (fun x => map (fun f => of (inverse before) * row_at f x) fs) (enter before after fs u).
Proof.
  intros rows ns before fs u E B U after.
  destruct (exact_unit ns E) as [M [_ [_ H]]]. destruct (H u U) as [L [BI W]].
  set (m := below_weights (in_integers ns)) in *.
  assert (Z : forall x, argument K (owner u) (map (fun f => of (inverse before) * row_at f x) fs) =
    of (inverse after) *
      row_at (combine (whole_weights u) fs (Row [] (whole_bias u * before))) x).
  { intro x. rewrite value_combine, value_of_number, int_times, BI, W. unfold argument, value.
    cbn [normal offset]. assert (T := inverse_times m before M B). fold after in T.
    assert (C := inverse_cancels before B). rewrite <- T in C. rewrite <- T.
    assert (D : forall ws r, dot K ws (map (fun f => r * row_at f x) fs) =
                  r * dot K ws (map (fun f => row_at f x) fs)).
    { intros ws r. revert ws. induction fs as [|f fs IH]; intros [|w ws]; cbn [map dot]; try ring.
      rewrite IH. ring. }
    rewrite D. transitivity (int m * of (inverse after) * dot K (weights (owner u))
      (map (fun f => row_at f x) fs) + int before * (int m * of (inverse after)) *
      of (bias (owner u))); [rewrite C|]; ring. }
  split; [exact Z|]. split; [exact L|]. cbn [enter base kinks].
  induction (breakpoints (function (owner u))); constructor; trivial.
  apply start_holds; [|exact Z]. unfold after. nia.
Qed.

Lemma piece_of_kinks : forall rows z x, on rows x -> forall f ks k,
  Forall2 (kink_holds rows z) (breakpoints f) ks -> piece_of ks = Some k ->
  piece K f (z x) = k.
Proof.
  intros rows z x I. induction f as [|c s t f IH]; intros ks k H P; inversion H; subst.
  - now inversion P.
  - destruct y as [r|side]; [discriminate|]. cbn [piece_of] in P.
    destruct (piece_of l') eqn:L; [|discriminate]. cbn [piece].
    rewrite (H2 x I). destruct side; inversion P; [f_equal; now apply IH with l'|reflexivity].
Qed.

Lemma image_on_line : forall f z,
  let l := nth (piece K f z) (lines f) (0%Q, 0%Q) in image K f z = of (fst l) * z + of (snd l).
Proof.
  induction f as [|c s t f IH]; intro z; [reflexivity|].
  cbn [image piece lines]. destruct (beyond K z (of c)); [apply IH|reflexivity].
Qed.

Lemma value_outcome : forall rows k scale ys c n x, (0 < k)%Z -> (0 < scale)%Z ->
  cell_holds rows k scale ys c ->
  let f := function (owner (base c)) in
  let z := argument K (owner (base c)) (ys x) in
  piece K f z = n -> of (inverse (k * scale)) * row_at (outcome scale c n) x = image K f z.
Proof.
  intros rows k scale ys c n x P S [Z [[W L] _]] f z N. rewrite image_on_line, N. cbn zeta in Z.
  unfold outcome. rewrite W.
  change (0, 0)%Z with ((fun l => (over k (fst l), over k (snd l))) (0%Q, 0%Q)).
  rewrite map_nth. fold f.
  set (l := nth n (lines f) (0%Q, 0%Q)). rewrite value_plus_scaled, value_of_number, int_times.
  assert (E : int (over k (fst l)) = int k * of (fst l) /\
              int (over k (snd l)) = int k * of (snd l)).
  { destruct (nth_in_or_default n (lines f) (0%Q, 0%Q)) as [I|I]; [now apply L|].
    unfold l. rewrite I. cbn. rewrite int_zero, rational_zero. split; ring. }
  destruct E as [E F]. rewrite E, F. unfold z. rewrite Z.
  assert (T := inverse_times k scale P S). assert (C := inverse_cancels scale S).
  rewrite <- T in C |- *.
  replace (of (snd l)) with (int scale * (int k * of (inverse (k * scale))) * of (snd l)) at 2
    by (rewrite C; ring). ring.
Qed.

Lemma pieces_hold : forall rows k scale ys x, (0 < k)%Z -> (0 < scale)%Z -> on rows x ->
  forall cs ns, Forall (cell_holds rows k scale ys) cs -> pieces cs = Some ns ->
  map (fun n => piece K (function n) (argument K n (ys x))) (owners cs) = ns /\
  map (fun f => of (inverse (k * scale)) * row_at f x) (outcomes scale cs ns) =
    map (fun n => image K (function n) (argument K n (ys x))) (owners cs).
Proof.
  intros rows k scale ys x P S I. induction cs as [|c cs IH]; intros ns H E.
  - inversion E. now split.
  - cbn [pieces] in E. destruct (piece_of (kinks c)) as [n|] eqn:N; [|discriminate].
    destruct (pieces cs) as [l|] eqn:L; [|discriminate]. inversion E; subst ns.
    inversion H as [|? ? C G]; subst. destruct (IH l G eq_refl) as [A B].
    assert (Z := piece_of_kinks rows _ x I _ _ _ (proj2 (proj2 C)) N).
    split; cbn [owners map outcomes]; f_equal; trivial.
    now apply (value_outcome rows k scale ys).
Qed.

Lemma settle_holds : forall rows rest past k scale cs,
  state_holds rows (At past k scale cs rest) -> state_holds rows (settle rest past k scale cs).
Proof.
  intros rows. induction rest as [|s rest IH]; intros past k scale cs H; cbn [settle];
    destruct (pieces cs) as [ks|] eqn:P; try exact H;
    destruct H as [PK [PS [ns [R [X [ys [C E]]]]]]];
    destruct ns as [|n ns]; try discriminate.
  - intros x L I. rewrite E by assumption. cbn [pattern_at rev].
    destruct (pieces_hold rows k scale ys x PK PS I cs ks C P) as [A _]. now rewrite A.
  - inversion R; subst s rest. inversion X as [|? ? XN XS]; subst.
    destruct (exact_unit n XN) as [M [N [O _]]].
    assert (PKS : (0 < k * scale)%Z) by nia.
    apply IH. split; [exact N|]. split; [nia|]. exists ns. split; [reflexivity|].
    split; [exact XS|].
    exists (fun x => map (fun f => of (inverse (k * scale)) * row_at f x) (outcomes scale cs ks)).
    split.
    + apply Forall_map, Forall_forall. intros u U. now apply enter_holds.
    + intros x L I. rewrite E by assumption. cbn [rev]. rewrite <- app_assoc. f_equal.
      destruct (pieces_hold rows k scale ys x PK PS I cs ks C P) as [A B].
      unfold owners at 2. rewrite map_map. cbn [enter base].
      change (fun u => owner u) with owner. rewrite O.
      set (tail := n :: ns). cbn [pattern_at app]. rewrite A, B. reflexivity.
Qed.

Lemma map_update : forall A B (h : A -> B) (g : A -> A) l n, (forall a, h (g a) = h a) ->
  map h (update n g l) = map h l.
Proof.
  intros A B h g l. induction l as [|a l IH]; intros [|n] H; simpl; f_equal; auto.
Qed.

Lemma Forall_update : forall A (P R : A -> Prop) g l n, Forall P l ->
  (forall a, P a -> R a) -> (forall a, nth_error l n = Some a -> R (g a)) ->
  Forall R (update n g l).
Proof.
  intros A P R g l n H. revert n. induction H as [|a l Pa H IH]; intros [|n] W G; simpl;
    constructor; auto.
  eapply Forall_impl; [|exact H]. auto.
Qed.

Lemma Forall2_weaker : forall A B (P R : A -> B -> Prop) l m, (forall a b, P a b -> R a b) ->
  Forall2 P l m -> Forall2 R l m.
Proof. intros A B P R l m W H. induction H; constructor; auto. Qed.

Lemma Forall2_update : forall A B (P R : A -> B -> Prop) g l m n, Forall2 P l m ->
  (forall a b, P a b -> R a b) ->
  (forall a b, nth_error l n = Some a -> nth_error m n = Some b -> P a b -> R a (g b)) ->
  Forall2 R l (update n g m).
Proof.
  intros A B P R g l m n H. revert n. induction H as [|a b l m Pab H IH]; intros [|n] W G; simpl;
    constructor; auto.
  now apply Forall2_weaker with P.
Qed.

Lemma Forall2_nth : forall A B (P : A -> B -> Prop) l m n b, Forall2 P l m ->
  nth_error m n = Some b -> exists a, nth_error l n = Some a /\ P a b.
Proof.
  intros A B P l m n b H. revert n. induction H as [|x y l m Pxy H IH]; intros [|n] E;
    try discriminate; simpl in *; [inversion E; subst; now exists x|now apply IH].
Qed.

(** An undecided kink: which neuron, which breakpoint, and how its row has its sign. *)
Lemma open_row_holds : forall rows k scale ys n b cs f,
  Forall (cell_holds rows k scale ys) cs -> open_row d n b cs = Some f ->
  is_constant f = false /\ length (coefficients f) <= d /\
  exists cell c s, nth_error cs n = Some cell /\ cell_holds rows k scale ys cell /\
    nth_error (breakpoints (function (owner (base cell)))) b = Some c /\
    increasing (breakpoints (function (owner (base cell)))) = true /\ (0 < s)%Q /\
    forall x, row_at f x = of s * (argument K (owner (base cell)) (ys x) - of c).
Proof.
  intros rows k scale ys n b cs f H O. unfold open_row in O.
  destruct (nth_error cs n) as [cell|] eqn:N; [|discriminate].
  destruct (nth_error (kinks cell) b) as [[r|]|] eqn:B; try discriminate.
  destruct (is_constant r) eqn:C; [discriminate|]. cbn [negb] in O.
  destruct (length (coefficients r) <=? d) eqn:L; [|discriminate].
  destruct (increasing (breakpoints (function (owner (base cell))))) eqn:I; [|discriminate].
  inversion O; subst r. apply Nat.leb_le in L.
  assert (G : cell_holds rows k scale ys cell).
  { rewrite Forall_forall in H. apply H. eapply nth_error_In. exact N. }
  destruct (Forall2_nth _ _ _ _ _ _ _ (proj2 (proj2 G)) B) as [c [E [s [S V]]]].
  split; [exact C|]. split; [exact L|]. now exists cell, c, s.
Qed.

Lemma decide_holds : forall rows past k scale cs rest n b f (side : bool),
  state_holds rows (At past k scale cs rest) -> open_row d n b cs = Some f ->
  state_holds ((if side then f else negated f) :: rows)
    (settle rest past k scale (decide n b side cs)).
Proof.
  intros rows past k scale cs rest n b f side [PK [PS [ns [R [X [ys [C E]]]]]]] O.
  destruct (open_row_holds rows k scale ys n b cs f C O) as
    [_ [_ [cell [c [s [N [G [B [_ [S V]]]]]]]]]].
  apply settle_holds. split; [exact PK|]. split; [exact PS|]. exists ns.
  split; [exact R|]. split; [exact X|]. exists ys. split.
  - unfold decide. apply Forall_update with (P := cell_holds rows k scale ys); [exact C| |].
    + intros a [A [L F]]. split; [exact A|]. split; [exact L|].
      eapply Forall2_weaker; [|exact F]. intros. now apply kink_of_smaller_cell.
    + intros a Na. rewrite N in Na. inversion Na; subst a. destruct G as [A [L F]].
      split; [exact A|]. split; [exact L|]. cbn [base sum kinks].
      apply Forall2_update with
        (P := kink_holds rows (fun x => argument K (owner (base cell)) (ys x))); [exact F| |].
      * intros. now apply kink_of_smaller_cell.
      * intros c' k' Nc _ _. rewrite B in Nc. inversion Nc; subst c'.
        intros x I. inversion I as [|? ? P _]; subst. unfold beyond. destruct side.
        -- rewrite V, positive_scale in P by exact S. exact P.
        -- rewrite value_negated, V in P.
           destruct (positive K (argument K (owner (base cell)) (ys x) - of c)) eqn:Z;
             [|reflexivity].
           exfalso. rewrite <- (positive_scale s) in Z by exact S. exact (never_both _ Z P).
  - intros x L I. rewrite E; [|exact L|now inversion I]. unfold decide, owners.
    rewrite map_update by reflexivity. reflexivity.
Qed.

(** At a breakpoint the piece is the left one, just beyond it is another one. *)
Lemma piece_at : forall f b c, nth_error (breakpoints f) b = Some c ->
  forall z, beyond K z (of c) = false -> piece K f z <= b.
Proof.
  induction f as [|c0 s t f IH]; intros [|b] c E z Z; try discriminate; cbn in E |- *.
  - inversion E; subst. now rewrite Z.
  - destruct (beyond K z (of c0)); [|lia]. apply le_n_S. now apply (IH b c).
Qed.

Lemma piece_beyond : forall f b c, increasing (breakpoints f) = true ->
  nth_error (breakpoints f) b = Some c ->
  forall z, beyond K z (of c) = true -> b < piece K f z.
Proof.
  induction f as [|c0 s t f IH]; intros [|b] c I E z Z; try discriminate; cbn in E, I |- *;
    apply andb_prop in I as [I J].
  - inversion E; subst. rewrite Z. lia.
  - assert (Y : beyond K z (of c0) = true).
    { rewrite forallb_forall in I. specialize (I c (nth_error_In _ _ E)).
      unfold beyond in *. destruct (positive K (of c - of c0)) eqn:P.
      - replace (z - of c0) with (z - of c + (of c - of c0)) by ring. now apply positive_plus.
      - assert (M := rational_order c0 c). rewrite I in M. simpl in M.
        replace (of c0) with (of c); [exact Z|].
        assert (D : of c - of c0 = 0).
        { apply trichotomy; [exact P|].
          now replace (- (of c - of c0)) with (of c0 - of c) by ring. }
        replace (of c) with (of c - of c0 + of c0) by ring. rewrite D. ring. }
    rewrite Y. apply -> Nat.succ_lt_mono. now apply (IH b c).
Qed.

(** No undecided kink vanishes where the pattern is stable. *)
Lemma stable_is_beside : forall rows past k scale cs rest n b f x,
  state_holds rows (At past k scale cs rest) -> open_row d n b cs = Some f ->
  length x = d -> on rows x -> stable K net x -> row_at f x <> 0.
Proof.
  intros rows past k scale cs rest n b f x [_ [_ [ns [_ [_ [ys [C E]]]]]]] O L I [e [P S]] Z.
  destruct (open_row_holds rows k scale ys n b cs f C O) as
    [NC [LF [cell [c [s [N [_ [B [INC [SP V]]]]]]]]]].
  destruct (rows_near rows x I) as [e' [P' S']].
  destruct (less_of_two e e' P P') as [m [M LESS]].
  destruct (larger_near _ m x M (not_constant f NC)) as [y [Y G]];
    [cbn; rewrite map_length; lia|].
  apply LESS in Y as [Y Y'].
  assert (T := S y Y). rewrite !E in T; try assumption;
    [|now rewrite (near_length e x y Y)|now apply S'].
  apply app_inv_head in T. cbn [pattern_at] in T. apply (f_equal (hd [])) in T. cbn [hd] in T.
  unfold owners in T. rewrite !map_map in T. apply (f_equal (fun l => nth_error l n)) in T.
  rewrite !nth_error_map, N in T. cbn [option_map] in T. inversion T as [T'].
  assert (Vx := V x). rewrite Z in Vx.
  assert (HY : beyond K (argument K (owner (base cell)) (ys y)) (of c) = true).
  { unfold beyond. rewrite <- (positive_scale s) by exact SP. rewrite <- V.
    set (w := normal (form_of f)) in *.
    replace (row_at f y) with (row_at f x + (dot K w y - dot K w x))
      by (unfold row_at, value; fold w; ring).
    rewrite Z. now replace (0 + (dot K w y - dot K w x)) with (dot K w y - dot K w x) by ring. }
  assert (HX : beyond K (argument K (owner (base cell)) (ys x)) (of c) = false).
  { unfold beyond. rewrite <- (positive_scale s) by exact SP. rewrite <- Vx.
    apply zero_is_not_positive. }
  apply (piece_beyond _ b c INC B) in HY. apply (piece_at _ b c B) in HX. lia.
Qed.

Lemma total_positive : forall rows x, on rows x -> forall ys f, total rows ys = Some f ->
  match ys with [] => row_at f x = 0 | _ => pos (row_at f x) end.
Proof.
  intros rows x I. induction ys as [|[i q] ys IH]; intros f T.
  - inversion T. rewrite value_of_number. apply int_zero.
  - cbn [total] in T. destruct (nth_error rows i) as [r|] eqn:N; [|discriminate].
    destruct (total rows ys) as [g|]; [|discriminate].
    destruct (Z.leb q 0) eqn:Q; [discriminate|]. inversion T. rewrite value_plus_scaled.
    assert (R : pos (row_at r x)).
    { unfold on in I. rewrite Forall_forall in I. apply I. eapply nth_error_In. exact N. }
    assert (S : pos (int q * row_at r x)).
    { apply positive_times; [|exact R]. rewrite int_sign. apply Z.leb_gt in Q. now apply Z.ltb_lt. }
    specialize (IH g eq_refl). destruct ys as [|y ys].
    + rewrite IH. now replace (int q * row_at r x + 0) with (int q * row_at r x) by ring.
    + now apply positive_plus.
Qed.

Lemma refuted : forall ys rows x, refutes ys rows = true -> on rows x -> False.
Proof.
  intros ys rows x R I. unfold refutes in R. destruct ys as [|y ys]; [discriminate|].
  destruct (total rows (y :: ys)) as [f|] eqn:T; [|discriminate].
  apply andb_prop in R as [C N]. assert (P := total_positive rows x I _ _ T). cbn in P.
  rewrite value_constant, int_sign in P by exact C. apply Z.leb_le in N. apply Z.ltb_lt in P. lia.
Qed.

Definition occurs (rows : list row) (p : pattern) : Prop :=
  exists x, length x = d /\ on rows x /\ stable K net x /\ pattern_at K net x = p.

Lemma sides : forall f x, row_at f x <> 0 -> pos (row_at f x) \/ pos (row_at (negated f) x).
Proof.
  intros f x N. rewrite value_negated. destruct (positive K (row_at f x)) eqn:P; [now left|].
  right. destruct (positive K (- row_at f x)) eqn:M; [reflexivity|].
  exfalso. now apply N, trichotomy.
Qed.

Lemma walk_sound : forall t rows s ps, state_holds rows s -> walk d t rows s = Some ps ->
  forall p, In p ps <-> occurs rows p.
Proof.
  assert (SMALLER : forall f rows p, occurs (f :: rows) p -> occurs rows p).
  { intros f rows p [x [L [I [S P]]]]. exists x. inversion I. now repeat split. }
  induction t as [q x|n b below IHb above IHa|n b ys child IH|n b ys child IH];
    intros rows s ps H W p; destruct s as [past|past k scale cs rest]; try discriminate;
    cbn [walk] in W.
  - destruct (Z.ltb 0 q && (length x =? d) && forallb (holds_at q x) rows) eqn:O; [|discriminate].
    apply andb_prop in O as [L O]. apply andb_prop in L as [Q L]. apply Z.ltb_lt in Q.
    apply Nat.eqb_eq in L. inversion W; subst ps.
    set (v := point_of q x).
    assert (L' : length v = d) by (unfold v, point_of; now rewrite map_length).
    assert (I : on rows v).
    { apply Forall_forall. intros f F. rewrite forallb_forall in O. unfold v.
      rewrite <- holds_at_value by exact Q. now apply O. }
    split.
    + intros [E|[]]. exists v. repeat split; try assumption; [|now rewrite H].
      destruct (rows_near rows v I) as [e [P N]]. exists e. split; [exact P|].
      intros y Y. rewrite !H; try assumption; [reflexivity| |now apply N].
      now rewrite (near_length e v y Y).
    + intros [y [Ly [Iy [_ E]]]]. left. rewrite H in E by assumption. exact E.
  - destruct (open_row d n b cs) as [f|] eqn:O; [|discriminate].
    destruct (walk d below _ _) as [l|] eqn:B; [|discriminate].
    destruct (walk d above _ _) as [r|] eqn:A; [|discriminate]. inversion W; subst ps.
    assert (Db := decide_holds rows past k scale cs rest n b f false H O).
    assert (Da := decide_holds rows past k scale cs rest n b f true H O).
    specialize (IHb _ _ _ Db B p). specialize (IHa _ _ _ Da A p).
    rewrite in_app_iff, IHb, IHa. split.
    + intros [X|X]; now apply SMALLER in X.
    + intros [x [L [I [S P]]]].
      destruct (sides f x (stable_is_beside _ _ _ _ _ _ _ _ _ _ H O L I S)) as [X|X].
      * right. exists x. repeat split; trivial. now constructor.
      * left. exists x. repeat split; trivial. now constructor.
  - destruct (open_row d n b cs) as [f|] eqn:O; [|discriminate].
    destruct (refutes ys (f :: rows)) eqn:R; [|discriminate].
    assert (D := decide_holds rows past k scale cs rest n b f false H O).
    rewrite (IH _ _ _ D W p). split; [apply SMALLER|].
    intros [x [L [I [S P]]]]. exists x. repeat split; trivial. constructor; [|exact I].
    destruct (sides f x (stable_is_beside _ _ _ _ _ _ _ _ _ _ H O L I S)) as [X|X]; trivial.
    exfalso. apply (refuted ys (f :: rows) x R). now constructor.
  - destruct (open_row d n b cs) as [f|] eqn:O; [|discriminate].
    destruct (refutes ys (negated f :: rows)) eqn:R; [|discriminate].
    assert (D := decide_holds rows past k scale cs rest n b f true H O).
    rewrite (IH _ _ _ D W p). split; [apply SMALLER|].
    intros [x [L [I [S P]]]]. exists x. repeat split; trivial. constructor; [|exact I].
    destruct (sides f x (stable_is_beside _ _ _ _ _ _ _ _ _ _ H O L I S)) as [X|X]; trivial.
    exfalso. apply (refuted ys (negated f :: rows) x R). now constructor.
Qed.

Lemma inside_rows : forall domain x, forallb exact_form domain = true ->
  on (map row_of domain) x <-> inside K domain x.
Proof.
  intros domain x E. unfold on, inside. rewrite Forall_map, !Forall_forall.
  rewrite forallb_forall in E.
  split; intros H f F; specialize (H f F);
    destruct (value_row_of f (E f F)) as [q [Q V]];
    rewrite V, positive_scale in * by exact Q; exact H.
Qed.

Lemma beginning_holds : forall rows, forallb exact_layer net = true ->
  state_holds rows (beginning d net).
Proof.
  intros rows E. unfold beginning. destruct net as [|ns rest] eqn:N.
  - intros x _ _. rewrite N. reflexivity.
  - cbn [map]. cbn [forallb] in E. apply andb_prop in E as [E F].
    destruct (exact_unit ns E) as [M [L [O _]]]. apply settle_holds.
    split; [exact L|]. split; [lia|]. exists rest. split; [reflexivity|].
    split; [now apply Forall_forall, forallb_forall|].
    exists (fun x => map (fun f => of (inverse 1) * row_at f x) (inputs d)). split.
    + apply Forall_map, Forall_forall. intros u U. apply enter_holds; trivial. reflexivity.
    + intros x X _. rewrite N. cbn [rev app]. unfold owners. rewrite map_map. cbn [enter base].
      change (fun u => owner u) with owner. rewrite O. f_equal. rewrite <- X.
      rewrite <- (values_of_inputs x) at 1. apply map_ext. intro f.
      change (inverse 1) with (1 / 1)%Q. rewrite (rational_equal K (1 / 1) 1) by reflexivity.
      rewrite rational_one. ring.
Qed.

End Soundness.

Lemma ascending_differ : forall l, ascending l = true -> NoDup l.
Proof.
  intros l H.
  assert (S : StronglySorted Z.lt l).
  { apply Sorted_StronglySorted; [exact Z.lt_trans|].
    induction l as [|a [|b l] IH]; [constructor|repeat constructor|].
    apply andb_prop in H as [A B]. constructor; [now apply IH|].
    constructor. now apply Z.ltb_lt. }
  clear H. induction S as [|a l S IH F]; constructor; [|exact IH].
  intro I. rewrite Forall_forall in F. apply (Z.lt_irrefl a). now apply F.
Qed.

(** What [check] accepts is true: the patterns that it returns are pairwise different, and they
    are exactly those of the regions. *)
Theorem check_sound : forall d net domain t ps, check d net domain t = Some ps ->
  NoDup ps /\
  forall (K : numbers) (p : pattern), In p ps <-> is_region K d net domain p.
Proof.
  intros d net domain t ps C. unfold check in C.
  destruct (forallb exact_layer net) eqn:EN; [|discriminate].
  destruct (forallb exact_form domain) eqn:ED; [|discriminate]. cbn [andb] in C.
  destruct (walk d t _ _) as [l|] eqn:W; [|discriminate].
  destruct (ascending (Sorting.sort (map key l))) eqn:A; [|discriminate].
  inversion C; subst l. split.
  - apply (NoDup_map_inv key). apply (Permutation_NoDup (l := Sorting.sort (map key ps))).
    + apply Permutation_sym, Sorting.Permuted_sort.
    + now apply ascending_differ.
  - intros K p. assert (H := beginning_holds K d net (map row_of domain) EN).
    rewrite (walk_sound K d net t _ _ _ H W p). unfold occurs, is_region.
    split; intros [x [L [I R]]]; exists x; split; trivial; split; trivial;
      now apply (inside_rows K domain x ED).
Qed.

Theorem check_texts_sound : forall d net domain lines ps,
  check_texts d net domain lines = Some ps ->
  NoDup ps /\
  forall (K : numbers) (p : pattern), In p ps <-> is_region K d net domain p.
Proof.
  intros d net domain lines ps C. unfold check_texts in C.
  destruct (read_tree _ _ _) as [[t [|]]|]; try discriminate. now apply check_sound in C.
Qed.

(** Patterns that are not in a list, for small networks. *)
Fixpoint choices (options : list nat) : list (list nat) :=
  match options with
  | [] => [[]]
  | n :: r => flat_map (fun k => map (cons k) (choices r)) (seq 0 n)
  end.

Fixpoint number_of_pieces (f : activation) : nat :=
  match f with Last _ _ => 1 | UpTo _ _ _ next => S (number_of_pieces next) end.

(** All combinations of pieces. *)
Fixpoint all_patterns (net : network) : list pattern :=
  match net with
  | [] => [[]]
  | ns :: rest =>
      flat_map (fun ks => map (cons ks) (all_patterns rest))
        (choices (map (fun n => number_of_pieces (function n)) ns))
  end.

Definition same_pattern : forall p q : pattern, {p = q} + {p <> q} :=
  list_eq_dec (list_eq_dec Nat.eq_dec).

Definition missing_patterns (net : network) (found : list pattern) : list pattern :=
  filter (fun p => if in_dec same_pattern p found then false else true) (all_patterns net).

Lemma missing_is_not_found : forall net found p,
  In p (missing_patterns net found) -> ~ In p found.
Proof.
  intros net found p I. apply filter_In in I as [_ I]. now destruct (in_dec same_pattern p found).
Qed.

(** ** 8. The rational numbers and the real numbers *)

Lemma canonical_order : forall q, Qle_bool (Q2Qc q) 0 = Qle_bool q 0.
Proof.
  intro q. apply eq_true_iff_eq. rewrite !Qle_bool_iff. unfold Q2Qc. cbn [this].
  now rewrite Qred_correct.
Qed.

Lemma order_is_strict : forall q, negb (Qle_bool q 0) = true <-> (0 < q)%Q.
Proof.
  intro q. rewrite negb_true_iff. split; intro H.
  - apply Qnot_le_lt. intro L. apply Qle_bool_iff in L. congruence.
  - destruct (Qle_bool q 0) eqn:E; [|reflexivity]. apply Qle_bool_iff in E. exfalso.
    exact (Qle_not_lt _ _ E H).
Qed.

Definition rational_numbers : numbers.
Proof.
  refine {| number := Qc; zero := 0%Qc; one := 1%Qc; plus := Qcplus; times := Qcmult;
    minus := Qcminus; opposite := Qcopp; ring_laws := Qcrt;
    positive := fun a => negb (Qle_bool a 0); rational := Q2Qc |}; try reflexivity;
    unfold Qcplus, Qcmult, Qcopp.
  - intros a b. rewrite canonical_order, !order_is_strict. intros A B.
    rewrite <- (Qplus_0_l 0). apply Qplus_lt_le_compat; [exact A|now apply Qlt_le_weak].
  - intros a b. rewrite canonical_order, !order_is_strict. apply Qmult_lt_0_compat.
  - intro a. rewrite canonical_order, order_is_strict, negb_false_iff, Qle_bool_iff. intro A.
    apply (Qopp_le_compat 0 a). now apply Qlt_le_weak.
  - intro a. rewrite canonical_order, !negb_false_iff, !Qle_bool_iff. intros A B.
    apply Qc_is_canon. apply Qle_antisym; [exact A|]. apply Qopp_le_compat in B.
    rewrite Qopp_involutive in B. exact B.
  - intros p q. apply Qc_is_canon. unfold Q2Qc. cbn [this]. now rewrite !Qred_correct.
  - intros p q. apply Qc_is_canon. unfold Q2Qc. cbn [this]. now rewrite !Qred_correct.
  - intros p q E. apply Qc_is_canon. unfold Q2Qc. cbn [this]. now rewrite !Qred_correct.
  - intro q. now rewrite canonical_order, order_is_strict.
Defined.

Definition real_numbers : numbers.
Proof.
  refine {| number := R; zero := 0%R; one := 1%R; plus := Rplus; times := Rmult;
    minus := Rminus; opposite := Ropp; ring_laws := RTheory;
    positive := fun a => if Rlt_dec 0 a then true else false; rational := Q2R |}.
  - intros a b. destruct (Rlt_dec 0 a), (Rlt_dec 0 b), (Rlt_dec 0 (a + b)); trivial;
    try discriminate.
    intros _ _. exfalso. now apply n, Rplus_lt_0_compat.
  - intros a b. destruct (Rlt_dec 0 a), (Rlt_dec 0 b), (Rlt_dec 0 (a * b)); trivial;
    try discriminate.
    intros _ _. exfalso. now apply n, Rmult_lt_0_compat.
  - intros a. destruct (Rlt_dec 0 a) as [A|]; [|discriminate]. intros _.
    destruct (Rlt_dec 0 (- a)) as [B|]; [|reflexivity]. exfalso.
    lra.
  - intros a. destruct (Rlt_dec 0 a) as [|A]; [discriminate|].
    destruct (Rlt_dec 0 (- a)) as [|B]; [discriminate|]. intros _ _.
    lra.
  - unfold Q2R. simpl. lra.
  - unfold Q2R. simpl. lra.
  - exact Q2R_plus.
  - exact Q2R_mult.
  - exact Qeq_eqR.
  - intros q P. destruct (Rlt_dec 0 (Q2R q)) as [|N]; [reflexivity|]. exfalso. apply N.
    replace 0%R with (Q2R 0) by (unfold Q2R; simpl; lra). now apply Qlt_Rlt.
Defined.
